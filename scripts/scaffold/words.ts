/** `settings/network-security` → settings, network, security; `listMyRepos` → list, my, repos. */
export function wordsOf(text: string): string[] {
  return text
    .replace(/([a-z0-9])([A-Z])/g, "$1 $2")
    .split(/[^A-Za-z0-9]+/)
    .filter((word) => word !== "")
    .map((word) => word.toLowerCase());
}

export const pascal = (words: readonly string[]): string =>
  words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");

export function camel(words: readonly string[]): string {
  const text = pascal(words);
  return text.charAt(0).toLowerCase() + text.slice(1);
}

export function singular(word: string): string {
  if (/(ss|us|is)$/.test(word)) return word;
  if (word.endsWith("ies")) return `${word.slice(0, -3)}y`;
  if (/(ches|shes|xes|sses)$/.test(word)) return word.slice(0, -2);
  return word.replace(/s$/, "");
}

/** Whether a name may stand in code as it is: no keyword, and nothing that reads like another thing. */
export const isName = (text: string): boolean => /^[A-Za-z_][A-Za-z0-9_]*$/.test(text) && !keywords.has(text);

const keywords = new Set(
  (
    "arguments async await break case catch class const continue debugger default delete do else enum eval export extends " +
    "false finally for function if implements import in instanceof interface let new null options package private " +
    "protected public return static super switch this throw true try typeof undefined var void while with yield"
  ).split(" "),
);
