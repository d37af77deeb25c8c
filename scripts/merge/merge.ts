import type { Document } from "../document/document.js";
import { describeFields } from "./fields.js";
import type { Knowledge } from "./knowledge.js";
import { nameOperations, type NamedDocument } from "./names.js";
import { applyOverlays } from "./overlay.js";
import { checkPathParameters } from "./path-templates.js";
import { attempt, Refusals } from "../cli/refusals.js";
import { applyRules, declareFailures, markFilePaths } from "./rules.js";
import { nameShapes } from "./shapes.js";

export interface Merged {
  document: Document;
  /** What a person should look at, though it stops nothing: a sentence each. */
  news: string[];
  provisional: NamedDocument["provisional"];
  /** How many places each named shape stands for. */
  shapes: Map<string, number>;
}

/** How to merge, beside what is merged. */
export interface MergeOptions {
  /** The document of the last run: with it, what is new or gone can be told by name. */
  previous?: Document | undefined;
  /** Collects what no longer fits, so that a person learns of all of it. */
  refusals?: Refusals;
  /** Whether to merge what fits although a person has to decide on the rest, which stays in `refusals`. */
  isDraft?: boolean;
}

/** The Hub's document with our rules, overlay, names, shapes and words on top; or everything that no longer fits it. */
export function merge(
  upstream: Document,
  { overlays, names, shapes, fields }: Knowledge,
  { previous, refusals = new Refusals(), isDraft = false }: MergeOptions = {},
): Merged {
  const before = previous && ((): Document => applyRules(previous));
  const overlaid = applyOverlays(applyRules(upstream), overlays, before, refusals.in("overlay"));
  attempt(refusals.in("document"), () => checkPathParameters(overlaid.document));
  const named = nameOperations(declareFailures(markFilePaths(overlaid.document)), names, refusals.in("names"));
  const shaped = nameShapes(named.document, shapes, refusals.in("shapes"));
  const document = describeFields(shaped.document, fields, refusals.in("fields"));
  if (!isDraft || refusals.stop?.isDecision === false) refusals.throwAny();
  return { document, news: overlaid.news, provisional: named.provisional, shapes: shaped.places };
}
