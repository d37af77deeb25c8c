import { InvalidInputError } from "./invalid-input-error.js";

/**
 * The token without the white space that files and shells leave around it; undefined when nothing is left. Any prefix
 * is fine: the Hub knows several kinds of tokens.
 *
 * @throws {InvalidInputError} when it holds characters that no header may carry. The message never repeats the token.
 */
export function normaliseToken(token: string | null | undefined): string | undefined {
  if (token === null || token === undefined) return undefined;
  if (typeof token !== "string") throw new InvalidInputError("token is no string");
  const trimmed = token.trim();
  if (!/^[\x21-\x7e]*$/.test(trimmed)) {
    throw new InvalidInputError("token holds a space, a line break or a character outside ASCII; was it copied whole?");
  }
  return trimmed === "" ? undefined : trimmed;
}
