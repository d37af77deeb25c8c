import { HubInputError } from "../../errors.js";
import { compileGlob, type Glob } from "./glob.js";

/**
 * Which files to take. The patterns follow the rules of `.gitignore`, and also have braces:
 *
 * - A pattern without a slash, or with a slash only at its end, matches at any depth: `*.bin`, `logs/`. Any other pattern
 *   starts at the top: `data/*.bin`, `/README.md`, `./README.md`.
 * - `*` and `?` match everything except a slash, also a leading dot. `**` between slashes, or at an end, matches any number
 *   of folders: `data/**`.
 * - A pattern that matches a folder matches all that is below it. With a slash at its end, it matches only folders.
 * - `[abc]`, `[a-z]` and `[[:digit:]]` match one of these characters; `[!a]` and `[^a]` match any other one.
 * - `{pem,key}` stands for each of its alternatives, as if the pattern were written once for each.
 * - `\` takes the meaning from the next character: `\*`, `\{`, `\!`. Case matters.
 *
 * A pattern that can't match anything, or that means something only in other tools, is rejected: a leading `!`, `@(a|b)`
 * and the like, an unclosed class or brace, a segment `.` or `..`, `\` before a letter (folders are separated by `/`).
 */
export interface PathFilter {
  /** Patterns of what to take; all when left out. */
  include?: readonly string[] | undefined;
  /** Patterns of what to leave out; stronger than `include`. */
  exclude?: readonly string[] | undefined;
}

/** A filter with valid patterns. */
export interface CompiledFilter {
  /** Whether to take a file. */
  takes: (path: string) => boolean;
  /** Whether to leave out a folder and everything below it; its path ends with a slash. */
  leavesOut: (folder: string) => boolean;
}

/** @throws {HubInputError} for a pattern that is not valid. */
export function compileFilter({ include, exclude }: PathFilter, always: readonly string[] = []): CompiledFilter {
  const included = include === undefined ? undefined : compileAll("include", include);
  const excluded = [...compileAll("exclude", exclude ?? []), ...compileAll("exclude", always)];
  const leavesOut = (path: string): boolean => excluded.some((fits) => fits(path));
  return {
    takes: (path) => !leavesOut(path) && included?.some((fits) => fits(path)) !== false,
    leavesOut,
  };
}

function compileAll(name: string, patterns: readonly string[]): Glob[] {
  if (!Array.isArray(patterns)) throw new HubInputError(`${name} is ${typeof patterns}; expected a list of patterns`);
  return (patterns as readonly string[]).map(compileGlob);
}
