import { HubInputError } from "../../errors.js";
import { classEnd } from "./character-class.js";

const most = 1000;

/**
 * Writes a pattern once for each alternative of its braces. Escapes and classes stay as they are.
 *
 * @throws {HubInputError} for braces that hold no alternatives, or are not closed.
 */
export function expandBraces(pattern: string): string[] {
  const expanded: string[] = [];
  const open = [pattern];
  for (let next = open.pop(); next !== undefined; next = open.pop()) {
    const braces = firstBraces(next, pattern);
    if (braces === undefined) expanded.push(next);
    else open.push(...braces.toReversed());
    if (expanded.length + open.length > most) throw badPattern(pattern, `stands for more than ${most} patterns`);
  }
  return expanded;
}

export const badPattern = (pattern: string, why: string): HubInputError =>
  new HubInputError(`the pattern ${JSON.stringify(pattern)} ${why}`);

/** The pattern with each alternative of its first braces in their place; undefined where it has none. */
function firstBraces(pattern: string, whole: string): string[] | undefined {
  let depth = 0;
  let start = 0;
  const cuts: number[] = [];
  for (let at = 0; at < pattern.length; at += 1) {
    const character = pattern[at];
    if (character === "\\") at += 1;
    else if (character === "[") at = Math.max(at, classEnd(pattern, at));
    else if (character === "{") {
      depth += 1;
      if (depth === 1) start = at;
    } else if (character === "," && depth === 1) cuts.push(at);
    else if (character === "}") {
      if (depth === 0) throw badPattern(whole, "has a } without a {; write \\} for one in a name");
      depth -= 1;
      if (depth === 0) return alternatives(pattern, [start, ...cuts, at], whole);
    }
  }
  if (depth > 0) throw badPattern(whole, "has an unclosed {; write \\{ for one in a name");
  return undefined;
}

function alternatives(pattern: string, cuts: readonly number[], whole: string): string[] {
  if (cuts.length < 3) throw badPattern(whole, "has braces without a comma; write {a,b}, or \\{ for one in a name");
  const [start = 0] = cuts;
  const rest = pattern.slice((cuts.at(-1) ?? 0) + 1);
  return cuts.slice(1).map((end, index) => pattern.slice(0, start) + pattern.slice((cuts[index] ?? 0) + 1, end) + rest);
}
