/**
 * Whether a path, with `/` between its segments, fits a pattern: `*` and `?` stay within a segment, `**` crosses them. A
 * pattern without a slash fits at any depth, and one that fits a folder fits all that is below it.
 */
export function matchesGlob(path: string, pattern: string): boolean {
  const anywhere = !pattern.replace(/\/$/, "").includes("/");
  const body = pattern.replace(/^\//, "").replace(/\/$/, "/**");
  const parts = `${anywhere ? "**/" : ""}${body}`.match(/\*\*\/|\*\*|[^]/gu) ?? [];
  // All places of the pattern where the path may stand, rather than one after the other: a regular expression would try
  // each way to share the path out among the stars.
  let places = new Set<number>();
  stand(places, parts, 0);
  for (const character of path) {
    if (character === "/" && places.has(parts.length)) return true;
    const next = new Set<number>();
    for (const place of places) advance(next, parts, place, character);
    places = next;
  }
  return places.has(parts.length);
}

export const matchesAny = (path: string, patterns: readonly string[] | undefined): boolean =>
  patterns?.some((pattern) => matchesGlob(path, pattern)) === true;

/** Where the next character of a path leads from a place. */
function advance(places: Set<number>, parts: readonly string[], place: number, character: string): void {
  const part = parts[place];
  if (part === "**/") {
    places.add(place);
    if (character === "/") stand(places, parts, place + 1);
  } else if (part === "**" || (part === "*" && character !== "/")) {
    stand(places, parts, place);
  } else if (part === character || (part === "?" && character !== "/")) {
    stand(places, parts, place + 1);
  }
}

/** Stars may stand for nothing. */
function stand(places: Set<number>, parts: readonly string[], place: number): void {
  places.add(place);
  if (parts[place]?.startsWith("*") === true) stand(places, parts, place + 1);
}
