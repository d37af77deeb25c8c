import { nameOf, type Change, type ChangeKind } from "./change.js";
import { canonical, type Document, type JsonObject, type OperationAt } from "../document/document.js";
import { inlineReferences } from "../document/inline.js";
import { bindingsOf, matchOperations } from "./match-operations.js";
import { OperationDiff, type Tolerated } from "./operation-diff.js";
import { listing, quote } from "../cli/quote.js";
import type { SchemaDiff } from "./schema-diff.js";
import { changedShapes, shapeChangeKey, shapeNames, type ChangedOperation } from "./shape-diff.js";

export interface SpecDiff {
  changes: Change[];
  /** What changed, for the compiler to judge. Its changes are in `changes` as well, as far as nothing else tells them. */
  changed: ChangedOperation[];
  tolerated: Tolerated;
}

/** What changed between two normalised documents, operation by operation. Severities are not its business. */
export function diffDocuments(before: Document, after: Document): SpecDiff {
  const [older, newer] = [inlineReferences(before), inlineReferences(after)];
  const [from, to] = [older.document, newer.document];
  const shapeOf: SchemaDiff["nameOf"] = (schema) =>
    schema === undefined ? undefined : (newer.names.get(schema) ?? older.names.get(schema));
  const { same, moved, split, added, removed } = matchOperations(from, to);
  const tolerated: Tolerated = new Map();
  const changed: ChangedOperation[] = [];
  const whole = (kind: ChangeKind, at: OperationAt, detail = ""): Change => ({
    kind,
    operation: nameOf(at),
    place: "",
    subject: "",
    detail,
  });

  for (const pair of [...same, ...moved]) {
    const changes = new OperationDiff(pair, tolerated, shapeOf).changes();
    if (changes.length > 0) changed.push({ ...pair, changes });
  }
  const told = new Set(changed.flatMap((operation) => operation.changes.map(shapeChangeKey)));
  const types = changedShapes(before, older, newer, tolerated, shapeOf).map((type) => ({
    ...type,
    untold: type.changes.filter((change) => change.shape === type.shape && !told.has(shapeChangeKey(change))),
  }));
  const changes = [
    ...removed.map((at) => whole("operation-removed", at, quote(at.label, 160))),
    ...split.map(({ before: template, after: kinds }) => {
      const bindings = kinds.map(({ path }) => bindingsOf(template.path, path));
      const literals = bindings.map((list) => list.map(({ literal }) => literal).join("/"));
      const words = literals.filter((literal) => literal !== "").map((literal) => quote(literal));
      const names = bindings[0]?.map(({ parameter }) => parameter).join("/") ?? "";
      return {
        ...whole(
          "operation-split",
          template,
          listing(words, 6, "or") + (words.length < literals.length ? " or left out" : ""),
        ),
        subject: names,
      };
    }),
    ...moved.map(({ before: a, after: b }) =>
      whole("operation-moved", b, `${quote(a.label, 160)} → ${quote(b.label, 160)}`),
    ),
    ...added.map((at) => whole("operation-added", at, quote(at.label, 160))),
    ...changed.flatMap((operation) => operation.changes),
    ...types.flatMap(({ untold }) => untold),
    ...shapeNames(before, after),
    ...aroundOperations(before, after),
  ];
  if (changes.length === 0 && canonical(contentOf(before)) !== canonical(contentOf(after))) {
    changes.push({ kind: "document-changed", place: "", subject: "components", detail: "" });
  }
  return { changes, changed: [...changed, ...types.filter(({ untold }) => untold.length > 0)], tolerated };
}

function contentOf(document: Document): JsonObject {
  const { "x-generated-by": _, ...content } = document;
  return content;
}

/** What a document says besides its operations and what they refer to. */
function aroundOperations(before: Document, after: Document): Change[] {
  const parts = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const part of ["paths", "components", "x-generated-by"]) parts.delete(part);
  return [...parts]
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) => ({ kind: "document-changed", place: "", subject: part, detail: "" }));
}
