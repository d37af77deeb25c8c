import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import type { Fields } from "../http/fields.js";
import type { Visibility } from "../state/repo.js";

const visibilities = ["public", "private", "protected"] as const;

/** What a request says, by either of its two words for it. */
export function visibilityOf(fields: Fields): Visibility | undefined {
  const isPrivate = field.optionalFlag(fields, "private");
  const named = field.optionalChoice(fields, "visibility", visibilities);
  return named ?? (isPrivate === undefined ? undefined : isPrivate ? "private" : "public");
}

/** The same for something new, where the owner decides when the request doesn't. */
export function firstVisibility(fields: Fields, owner: string, { world }: Call): Visibility {
  return visibilityOf(fields) ?? (world.accounts.org(owner)?.isPrivateByDefault ? "private" : "public");
}
