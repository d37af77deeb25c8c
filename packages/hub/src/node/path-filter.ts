import { HubInputError } from "../errors.js";
import { compileGlob, type Glob } from "./glob.js";

/**
 * Which files to take, by patterns with the rules of a line of `.gitignore`, and braces:
 *
 * - A pattern without a slash, or with one at its end alone, fits at any depth: `*.bin`, `logs/`. Another one starts at
 *   the top: `data/*.bin`, `/README.md`, `./README.md`.
 * - `*` and `?` fit anything but a slash, names with a leading dot included. `**` between slashes, or at an end, fits any
 *   number of folders: `data/**`.
 * - What fits a folder fits all that is below it. With a slash at its end, a pattern fits folders alone.
 * - `[abc]`, `[a-z]` and `[[:digit:]]` fit one of these characters, `[!a]` and `[^a]` any other one.
 * - `{pem,key}` stands for each of its alternatives, as if the pattern were written once for each of them.
 * - `\` takes the meaning from the character that follows: `\*`, `\{`, `\!`. Capital and small letters differ.
 *
 * What no path could ever fit, and what means something elsewhere, is refused: a leading `!`, `@(a|b)` and its like, a
 * class or brace that is not closed, a segment `.` or `..`, `\` before a letter (folders are separated by `/`).
 */
export interface PathFilter {
  /** Patterns of what to take; all when left out. */
  include?: readonly string[] | undefined;
  /** Patterns of what to leave out; stronger than `include`. */
  ignore?: readonly string[] | undefined;
}

/** A filter whose patterns are understood. */
export interface CompiledFilter {
  /** Whether to take a file. */
  takes: (path: string) => boolean;
  /** Whether to leave out a folder with all that is below it; its path ends with a slash. */
  leavesOut: (folder: string) => boolean;
}

/** @throws {HubInputError} for a pattern that is not understood. */
export function compileFilter({ include, ignore }: PathFilter, always: readonly string[] = []): CompiledFilter {
  const included = include === undefined ? undefined : compileAll("include", include);
  const ignored = [...compileAll("ignore", ignore ?? []), ...compileAll("ignore", always)];
  const leavesOut = (path: string): boolean => ignored.some((fits) => fits(path));
  return {
    takes: (path) => !leavesOut(path) && included?.some((fits) => fits(path)) !== false,
    leavesOut,
  };
}

function compileAll(name: string, patterns: readonly string[]): Glob[] {
  if (!Array.isArray(patterns)) throw new HubInputError(`${name} is ${typeof patterns}; expected a list of patterns`);
  return (patterns as readonly string[]).map(compileGlob);
}
