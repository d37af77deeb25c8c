export interface SearchEntry {
  name: string;
  text: string;
  address: string;
  /** Verb and path of each operation that it calls. */
  routes: readonly string[];
}

/** The entries that have every word of the query somewhere, the closest first. */
export function rank(entries: readonly SearchEntry[], query: string, most = 12): SearchEntry[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, score: scoreOf(entry, words) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length)
    .slice(0, most)
    .map(({ entry }) => entry);
}

function scoreOf({ name, text, routes }: SearchEntry, words: readonly string[]): number {
  const parts = wordsOf(name);
  const sentence = wordsOf(text);
  const paths = routes.map((route) => route.toLowerCase());
  let score = 0;
  for (const word of words) {
    const best = Math.max(
      ...parts.map((part) => closeness(part, word) * 10),
      ...sentence.map((other) => closeness(other, word) * 3),
      ...paths.map((path) => (path.includes(word) ? 2 : 0)),
      0,
    );
    if (best === 0) return 0;
    score += best;
  }
  // Among equals, the one whose name says nothing else.
  return score / (1 + parts.length / 20);
}

function closeness(text: string, word: string): number {
  if (text === word || text === `${word}s`) return 1;
  if (text.startsWith(word)) return 0.7;
  return word.length > 3 && text.includes(word) ? 0.3 : 0;
}

/** `createTag` is found by either of its words, and a path by each of its segments. */
function wordsOf(text: string): string[] {
  const spaced = text.replaceAll(/([a-z])([A-Z])/g, "$1 $2").toLowerCase();
  return spaced.split(/[^\p{L}\p{N}]+/u).filter((word) => word !== "" && word !== "hub");
}
