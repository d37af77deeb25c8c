/** What another client calls it. */
export interface Alias {
  name: string;
  /** What is different here. */
  note: string;
}

export interface SearchEntry {
  name: string;
  text: string;
  /** None for what only other clients have. */
  address?: string;
  /** Verb and path of each operation that it calls. */
  routes: readonly string[];
  aliases: readonly Alias[];
}

/** The entries that have every word of the query somewhere, or an alias that begins with it; the closest first. */
export function rank(entries: readonly SearchEntry[], query: string, most = 12): SearchEntry[] {
  const words = wordsOf(query);
  if (words.length === 0) return [];
  return entries
    .map((entry) => ({ entry, score: Math.max(scoreOf(entry, words), aliasScore(entry, query) * words.length) }))
    .filter(({ score }) => score > 0)
    .toSorted((a, b) => b.score - a.score || a.entry.name.length - b.entry.name.length)
    .slice(0, most)
    .map(({ entry }) => entry);
}

/** The name in another client that the query is, or else begins. */
export function aliasFor({ aliases }: SearchEntry, query: string): Alias | undefined {
  const wanted = joined(query);
  if (wanted.length < 4) return undefined;
  return (
    aliases.find(({ name }) => name === query.trim()) ??
    aliases.find(({ name }) => joined(name) === wanted) ??
    aliases.find(({ name }) => joined(name).startsWith(wanted))
  );
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

/** For each word: more than any word can score when it is the name, and less than a name here when it begins one. */
function aliasScore(entry: SearchEntry, query: string): number {
  const alias = aliasFor(entry, query);
  if (alias === undefined) return 0;
  return joined(alias.name) === joined(query) ? 20 : 5;
}

/** `upload_files`, `uploadFiles` and `upload files` are the same name. */
const joined = (text: string): string => wordsOf(text).join("");

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
