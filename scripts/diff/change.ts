import type { Method, OperationAt } from "../document/document.js";

/** What changes of an operation can be called. The word before the dash says what is looked at. */
export type ChangeKind =
  | "operation-added"
  | "operation-removed"
  | "operation-moved"
  | "operation-split"
  | "operation-changed"
  | "operation-deprecated"
  | "operation-retagged"
  | "token-dispensable"
  | "token-needed"
  | "parameter-added"
  | "parameter-added-required"
  | "parameter-removed"
  | "parameter-moved"
  | "parameter-deprecated"
  | "parameter-required"
  | "parameter-optional"
  | "property-added"
  | "property-added-required"
  | "property-removed"
  | "property-required"
  | "property-optional"
  | "property-deprecated"
  | "value-added"
  | "value-removed"
  | "media-type-added"
  | "media-type-removed"
  | "member-added"
  | "member-removed"
  | "null-added"
  | "null-removed"
  | "type-changed"
  | "body-added"
  | "body-removed"
  | "body-required"
  | "body-optional"
  | "response-added"
  | "response-removed"
  | "response-described"
  | "constraint-changed"
  | "detail-changed"
  | "type-incompatible"
  | "shape-added"
  | "shape-removed"
  | "document-changed";

/** Whether callers give it or get it: what is safe to widen on one side is safe to narrow on the other. */
export type Direction = "input" | "output";

/** An operation as the changelog speaks of it. */
export interface OperationName {
  method: Method;
  path: string;
  /** Its operationId, or verb and path where it has none. */
  name: string;
}

export interface Change {
  kind: ChangeKind;
  /** Absent where the whole document or a named type is meant. */
  operation?: OperationName;
  /** The innermost named type that the change is in. */
  shape?: string;
  direction?: Direction;
  /** Where inside the operation: `query`, `body.settings`, `respond with 200.items[]`. */
  place: string;
  /** What changed there: the name of a parameter, a property, a media type. */
  subject: string;
  /** From what to what, in code marks already. */
  detail: string;
}

export function nameOf({ method, path, operation, label }: OperationAt): OperationName {
  const id = operation["operationId"];
  return { method, path, name: typeof id === "string" ? id : label };
}
