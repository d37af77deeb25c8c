import { element } from "./element.js";
import { aliasFor, rank, type SearchEntry } from "./search-ranking.js";

const input = element("search", HTMLInputElement);
const results = element("results", HTMLOListElement);
const count = element("count", HTMLParagraphElement);
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
  results.replaceChildren(...found.map((entry, index) => resultItem(entry, index, query)));
  if (query.trim() === "") return close();
  setOpen(found.length > 0);
  count.textContent =
    found.length === 0 ? "Nothing found" : `${found.length} ${found.length === 1 ? "result" : "results"}`;
  choose(0);
}

function setOpen(isOpen: boolean): void {
  results.hidden = !isOpen;
  input.ariaExpanded = String(isOpen);
}

function close(): void {
  setOpen(false);
  count.textContent = "";
  input.removeAttribute("aria-activedescendant");
}

function resultItem(entry: SearchEntry, index: number, query: string): HTMLLIElement {
  const { name, text, address, routes } = entry;
  const item = Object.assign(document.createElement("li"), { id: `result-${index}`, role: "option" });
  // The field keeps the focus while the arrows choose.
  const link = Object.assign(document.createElement("a"), { tabIndex: -1 });
  if (address !== undefined) link.href = address;
  const alias = aliasFor(entry, query);
  const below = alias === undefined ? routes[0] : [alias.name, alias.note].filter((part) => part !== "").join(": ");
  const parts = [
    ["strong", name],
    ["span", text],
    ["code", below ?? ""],
  ] as const;
  link.append(...parts.map(([tag, textContent]) => Object.assign(document.createElement(tag), { textContent })));
  item.append(link);
  return item;
}

function choose(index: number): void {
  const links = [...results.querySelectorAll("a")];
  chosen = Math.max(0, Math.min(index, links.length - 1));
  for (const [position, link] of links.entries()) {
    link.classList.toggle("chosen", position === chosen);
    if (link.parentElement !== null) link.parentElement.ariaSelected = String(position === chosen);
  }
  if (links.length > 0) input.setAttribute("aria-activedescendant", `result-${chosen}`);
  else input.removeAttribute("aria-activedescendant");
  links[chosen]?.scrollIntoView({ block: "nearest" });
}

input.addEventListener("input", () => void show());
input.addEventListener("focus", () => void (entries ??= loadEntries()));
input.addEventListener("keydown", (event) => {
  if (event.key === "Escape") clear();
  if (results.hidden) return;
  const steps: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
  const step = steps[event.key];
  if (step !== undefined) {
    event.preventDefault();
    choose(chosen + step);
  }
  if (event.key === "Enter") results.querySelectorAll("a")[chosen]?.click();
});
results.addEventListener("click", ({ target }) => {
  if (!(target instanceof Element) || target.closest("a[href]") === null) return;
  clear();
  input.blur();
});
document.addEventListener("click", ({ target }) => {
  if (target instanceof Element && target.closest(".search") === null) close();
});
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLInputElement || event.target instanceof HTMLTextAreaElement;
  if (event.key !== "/" || isTyping) return;
  event.preventDefault();
  input.select();
});

function clear(): void {
  input.value = "";
  close();
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
