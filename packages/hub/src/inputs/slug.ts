import { HubInputError } from "../errors.js";

/**
 * Splits `owner/slug`, as it stands in the address of a collection, a post or an article.
 *
 * @throws {HubInputError} when it has other than two parts.
 */
export function splitSlug(name: string, value: string): { owner: string; slug: string } {
  const [owner, slug, ...rest] = typeof value === "string" ? value.split("/") : [];
  if (!owner || !slug || rest.length > 0) throw new HubInputError(`${name} is not of the form "owner/slug"`);
  return { owner, slug };
}
