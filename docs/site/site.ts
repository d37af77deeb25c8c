import { element } from "./element.js";
import { rank, type SearchEntry } from "./search-ranking.js";

const input = element("search", HTMLInputElement);
const results = element("results", HTMLOListElement);
let entries: Promise<SearchEntry[]> | undefined;
let chosen = 0;

// Most visits search nothing: the index is loaded when somebody is about to.
async function loadEntries(): Promise<SearchEntry[]> {
  const response = await fetch("search.json");
  return (await response.json()) as SearchEntry[];
}

async function show(): Promise<void> {
  const query = input.value;
  const found = rank(await (entries ??= loadEntries()), query);
  if (query !== input.value) return;
  results.replaceChildren(...found.map(resultItem));
  if (found.length === 0) results.append(Object.assign(document.createElement("li"), { textContent: "Nothing found" }));
  results.hidden = query.trim() === "";
  choose(0);
}

function resultItem({ name, text, address, routes }: SearchEntry): HTMLLIElement {
  const item = document.createElement("li");
  const link = Object.assign(document.createElement("a"), { href: address });
  const parts = [
    ["strong", name],
    ["span", text],
    ["code", routes[0] ?? ""],
  ] as const;
  link.append(...parts.map(([tag, textContent]) => Object.assign(document.createElement(tag), { textContent })));
  item.append(link);
  return item;
}

function choose(index: number): void {
  const links = [...results.querySelectorAll("a")];
  chosen = Math.max(0, Math.min(index, links.length - 1));
  for (const [position, link] of links.entries()) link.classList.toggle("chosen", position === chosen);
  links[chosen]?.scrollIntoView({ block: "nearest" });
}

input.addEventListener("input", () => void show());
input.addEventListener("focus", () => void (entries ??= loadEntries()));
input.addEventListener("keydown", (event) => {
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    choose(chosen + step);
  }
  if (event.key === "Enter") results.querySelectorAll("a")[chosen]?.click();
  if (event.key === "Escape") hide();
});
results.addEventListener("click", hide);
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest(".search") === null) results.hidden = true;
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key !== "/" || isTyping) return;
  event.preventDefault();
  input.select();
});

function hide(): void {
  results.hidden = true;
  input.value = "";
  input.blur();
}

for (const button of document.querySelectorAll<HTMLButtonElement>("button.copy")) {
  button.addEventListener("click", () => {
    const code = button.closest(".sample")?.querySelector("code")?.textContent ?? "";
    void navigator.clipboard.writeText(code).then(() => {
      button.textContent = "Copied";
      setTimeout(() => (button.textContent = "Copy"), 1500);
    });
  });
}
