import { hash } from "../random.js";
import { Refusal } from "../http/refusal.js";

export type SignedAction = "download" | "upload" | "complete";

/** An address on the second origin, for whoever has it: one action on the bytes with this SHA-256. */
export function signedUrl(
  origin: string,
  action: Exclude<SignedAction, "complete">,
  sha256: string,
  query: Record<string, string> = {},
): string {
  return `${origin}/${action}/${sha256}?${signedQuery(action, sha256, query)}`;
}

export function signedQuery(action: SignedAction, subject: string, query: Record<string, string> = {}): string {
  return String(new URLSearchParams({ ...query, Signature: sign(action, subject, new URLSearchParams(query)) }));
}

/** Throws unless the query is one that `signedQuery` made. */
export function requireSignature(action: SignedAction, subject: string, query: URLSearchParams): void {
  const rest = new URLSearchParams(query);
  rest.delete("Signature");
  if (query.get("Signature") !== sign(action, subject, rest)) throw new Refusal(403, "The signature does not match");
}

// No secret: it only has to tell an address that the Hub gave from one that somebody made up.
function sign(action: SignedAction, subject: string, query: URLSearchParams): string {
  return hash(`${action}/${subject}?${String(query)}`)
    .toString(16)
    .padStart(8, "0");
}
