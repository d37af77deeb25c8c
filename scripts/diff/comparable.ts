import { parseDocument } from "../pull/check-document.js";
import { operationsOf, type Document } from "../document/document.js";
import { checkNames, type Names } from "../merge/names.js";
import { fingerprint } from "../pull/normalise.js";
import { applyRules } from "../merge/rules.js";

/** A document of the Hub, made ready for {@link describe} without the overlay, which fits the newest one only. */
export interface ComparableDocument {
  document: Document;
  fingerprint: string;
}

export function comparable(text: string, names: Names): ComparableDocument {
  const upstream = parseDocument(text);
  return { document: withKnownNames(applyRules(upstream), names), fingerprint: fingerprint(upstream) };
}

/** Operations that have a name in the lock are called by it; the others by verb and path. */
export function withKnownNames(document: Document, names: Names): Document {
  checkNames(names);
  for (const { method, path, operation } of operationsOf(document)) {
    const id = names[path]?.[method]?.id;
    if (id !== undefined) operation["operationId"] = id;
  }
  return document;
}
