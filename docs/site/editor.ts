import { element } from "./element.js";
import { highlight } from "./highlight.js";

const code = element("code", HTMLTextAreaElement);
const painted = element("painted", HTMLElement);

/** The text area is what is edited; the same text, coloured, lies below it. */
function paint(): void {
  painted.innerHTML = `${highlight(code.value)}\n`;
  align();
}

function align(): void {
  painted.parentElement?.scrollTo(code.scrollLeft, code.scrollTop);
}

export function codeInEditor(): string {
  return code.value;
}

export function putIntoEditor(text: string): void {
  code.value = text;
  paint();
}

code.addEventListener("input", paint);
code.addEventListener("scroll", align);

// For those who use the keyboard alone: Shift + Tab leaves the editor, and so does Tab right after Esc.
let isLeaving = false;
code.addEventListener("blur", () => (isLeaving = false));
code.addEventListener("keydown", (event) => {
  const leaves = event.shiftKey || isLeaving;
  isLeaving = event.key === "Escape";
  if (event.key !== "Tab" || leaves) return;
  event.preventDefault();
  code.setRangeText("  ", code.selectionStart, code.selectionEnd, "end");
  paint();
});
