import type { Change, ChangeKind, Direction } from "./change.js";
import { isObject, type Document, type Json, type JsonObject, type OperationAt } from "../document/document.js";
import type { Inlined } from "../document/inline.js";
import { shapeUses } from "../document/input-shapes.js";
import type { Pair } from "./match-operations.js";
import { OperationDiff, type Tolerated } from "./operation-diff.js";
import type { SchemaDiff } from "./schema-diff.js";

/** An operation that both documents have, and that differs; or a named type, as an operation that takes or responses it. */
export interface ChangedOperation extends Pair {
  changes: Change[];
  /** The named type. */
  shape?: string;
}

/** Named schemas are names that callers can write. */
export function shapeNames(before: Document, after: Document): Change[] {
  const names = ({ components }: Document): string[] =>
    isObject(components) && isObject(components["schemas"]) ? Object.keys(components["schemas"]) : [];
  const [from, to] = [names(before), names(after)];
  const change = (kind: ChangeKind, subject: string): Change => ({ kind, place: "", subject, detail: "" });
  return [
    ...from.filter((name) => !to.includes(name)).map((name) => change("shape-removed", name)),
    ...to.filter((name) => !from.includes(name)).map((name) => change("shape-added", name)),
  ];
}

/** What tells a change of a named type, wherever it shows. */
export const shapeChangeKey = ({ kind, direction, shape, subject, detail }: Change): string =>
  JSON.stringify([kind, direction, shape, subject, detail]);

/**
 * The named types that mean something else by now, as callers who write their names notice it: a name may have gone to
 * another schema, with every operation as it was.
 */
export function changedShapes(
  before: Document,
  older: Inlined,
  newer: Inlined,
  tolerated: Tolerated,
  shapeOf: SchemaDiff["nameOf"],
): ChangedOperation[] {
  const { given, got } = shapeUses(before);
  return [...older.shapes].flatMap(([shape, from]) => {
    const to = newer.shapes.get(shape);
    if (to === undefined || JSON.stringify(from) === JSON.stringify(to)) return [];
    const isUsed = given.has(shape) || got.has(shape);
    const sides = { input: given.has(shape) || !isUsed, output: got.has(shape) || !isUsed };
    const [a, b] = [operationWith(shape, from, sides), operationWith(shape, to, sides)];
    // Types inside of it that have names are compared by those.
    const inner: SchemaDiff["nameOf"] = (schema) => (schema === from || schema === to ? shape : shapeOf(schema));
    const found = new OperationDiff({ before: a, after: b }, tolerated, inner).changes();
    const changes = found.map((told): Change => {
      const { operation: _, ...change } = told;
      return change;
    });
    return [{ before: a, after: b, changes, shape }];
  });
}

function operationWith(shape: string, schema: Json, sides: Record<Direction, boolean>): OperationAt {
  const content = { "application/json": { schema } };
  const operation: JsonObject = {
    operationId: shape,
    ...(sides.input ? { requestBody: { content } } : {}),
    ...(sides.output ? { responses: { "200": { description: "", content } } } : {}),
  };
  return { method: "get", path: `/${shape}`, operation, label: shape };
}
