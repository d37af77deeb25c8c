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
code.addEventListener("keydown", (event) => {
  // Shift + Tab leaves the editor, for those who use the keyboard alone.
  if (event.key !== "Tab" || event.shiftKey) return;
  event.preventDefault();
  code.setRangeText("  ", code.selectionStart, code.selectionEnd, "end");
  paint();
});
