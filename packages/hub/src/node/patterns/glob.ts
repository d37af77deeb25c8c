import { badPattern, expandBraces } from "./braces.js";
import { classEnd, compileClass, type CharacterTest } from "./character-class.js";

/** Whether a path, with `/` between its segments, matches a pattern. The path of a folder ends with `/`. */
export type Glob = (path: string) => boolean;

const star = "*";
/** Any number of characters, or a test of one. */
type Token = typeof star | CharacterTest;

const folders = "**";
/** Any number of segments, or the tokens of one. */
type Segment = typeof folders | readonly Token[];

const anySegment: Segment = [star];

/** @throws {HubInputError} for a pattern that is not valid. */
export function compileGlob(pattern: string): Glob {
  if (typeof pattern !== "string") throw badPattern(pattern, "is not text");
  const alternatives = expandBraces(pattern).map((alternative) => segmentsOf(alternative, pattern));
  return (path) => {
    const names = path.split("/").map((name) => Array.from(name));
    return alternatives.some((segments) => matches(segments, names, folders, matchesSegment));
  };
}

const matchesSegment = (tokens: Segment, name: readonly string[]): boolean =>
  tokens !== folders && matches(tokens, name, star, (test, character) => test !== star && test(character));

/**
 * Whether a sequence matches a pattern in which `any` stands for any number of items. After a mismatch, only the latest
 * `any` takes one more item. Earlier ones never have to change, so the time stays bounded for every pattern.
 */
function matches<Part, Item>(
  pattern: readonly Part[],
  items: readonly Item[],
  any: Part,
  isMatch: (part: Part, item: Item) => boolean,
): boolean {
  let at = 0;
  let latest = -1;
  let taken = 0;
  for (let index = 0; index < items.length;) {
    const part = pattern[at];
    const item = items[index];
    if (part === any) {
      latest = at;
      taken = index;
      at += 1;
    } else if (part !== undefined && item !== undefined && isMatch(part, item)) {
      at += 1;
      index += 1;
    } else if (latest >= 0) {
      taken += 1;
      at = latest + 1;
      index = taken;
    } else return false;
  }
  return pattern.slice(at).every((part) => part === any);
}

/** The segments of a pattern without braces. */
function segmentsOf(pattern: string, whole: string): Segment[] {
  if (pattern.startsWith("!"))
    throw badPattern(whole, "starts with !, which is not supported; use include and exclude, or \\! for a name");
  const body = pattern.replace(/^(\.\/+)+/, "/");
  const isFolder = body.length > 1 && body.endsWith("/");
  const parts = body.slice(body.startsWith("/") ? 1 : 0, isFolder ? -1 : undefined).split("/");
  const isAnywhere = parts.length === 1 && !body.startsWith("/");
  if (parts.some((part) => /^\.{0,2}$/.test(part)))
    throw badPattern(whole, "cannot match: it has an empty segment, . or ..");
  const segments = parts.map((part): Segment =>
    /^\*{2,}$/.test(part) && !isAnywhere ? folders : tokensOf(part, whole),
  );
  return [
    ...(isAnywhere ? ([folders] as const) : []),
    ...segments,
    // At the end, it matches what is in a folder, but not the folder itself.
    ...(segments.at(-1) === folders ? [anySegment] : []),
    ...(isFolder ? [anySegment] : []),
    folders,
  ];
}

function tokensOf(segment: string, whole: string): Token[] {
  const tokens: Token[] = [];
  for (let at = 0; at < segment.length;) {
    const rest = segment.slice(at);
    if (/^[@+?*!]\(/.test(rest))
      throw badPattern(whole, `has ${rest.slice(0, 2)}…), which is not supported; write {a,b}, or \\( for a name`);
    const [part = "", escaped] = /^\\([^])|^\*+|^[^]/u.exec(rest) ?? [];
    if (part === "\\") throw badPattern(whole, "has a \\ without a character after it; separate folders by /");
    if (escaped !== undefined && /[\p{L}\p{N}_.]/u.test(escaped)) {
      throw badPattern(whole, `has \\ before ${escaped}, where it means nothing; separate folders by /`);
    }
    at += part.length;
    if (escaped !== undefined) tokens.push(literal(escaped));
    else if (part.startsWith(star)) tokens.push(star);
    else if (part === "?") tokens.push(() => true);
    else if (part !== "[") tokens.push(literal(part));
    else {
      const end = classEnd(rest, 0);
      const test = end < 0 ? undefined : compileClass(rest.slice(0, end + 1));
      if (test === undefined) {
        throw badPattern(
          whole,
          end < 0
            ? "has an unclosed [; write \\[ for one in a name"
            : `has ${rest.slice(0, end + 1)}, which is not a valid class`,
        );
      }
      tokens.push(test);
      at += end;
    }
  }
  return tokens;
}

const literal =
  (expected: string): CharacterTest =>
  (character) =>
    character === expected;
