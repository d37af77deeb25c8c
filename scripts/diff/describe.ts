import { nameOf, type Change } from "./change.js";
import type { Document } from "../document/document.js";
import { noSurface, type HubSurface } from "./hub-surface.js";
import { withoutWords } from "../merge/fields.js";
import { severityOf, worst, type Severity } from "./severity.js";
import type { ChangedOperation } from "./shape-diff.js";
import { diffDocuments } from "./spec-diff.js";
import { judge, type Verdicts } from "./type-verdict.js";

/** A change with what it means for each package. */
export interface JudgedChange extends Change {
  raw: Severity;
  hub: Severity;
  /** The methods that call the operation. */
  methods: readonly string[];
  /** What these methods call the parameter or property that the change is about. */
  input?: string;
}

export interface Description {
  raw: Severity;
  hub: Severity;
  changes: JudgedChange[];
}

/** What the step from one normalised document to the next means for the packages. */
export async function describe(
  before: Document,
  after: Document,
  surface: HubSurface = noSurface,
): Promise<Description> {
  const diff = diffDocuments(withoutWords(before), withoutWords(after));
  const verdicts = await judge(diff);
  const known = new Map<Change, Verdicts>();
  const found: Change[] = [...diff.changes];
  diff.changed.forEach((operation, index) => {
    const verdict = verdicts[index];
    if (verdict === undefined) return;
    for (const change of operation.changes) known.set(change, verdict);
    found.push(...unexplained(operation, verdict));
  });
  const changes = found.map((change) => {
    const verdict = change.direction && known.get(change)?.[change.direction];
    const raw = severityOf(change, verdict);
    const id = change.operation?.name ?? "";
    const input = change.direction === "input" ? surface.renamed.get(`${id} ${change.subject}`) : undefined;
    const hub = hubSeverity(change, raw, surface);
    return {
      ...change,
      raw,
      hub,
      methods: surface.methods.get(id) ?? [],
      ...(input === undefined ? {} : { input }),
    };
  });
  const raw = worst(changes.map((change) => change.raw));
  // A new major of the types is out of the range that the ergonomic package asks for.
  const hub = worst([...changes.map((change) => change.hub), raw === "major" ? "patch" : "none"]);
  return { raw, hub, changes };
}

/** A break that the compiler sees and no change accounts for. */
function unexplained({ changes, after, shape }: ChangedOperation, verdicts: Verdicts): Change[] {
  const at = shape === undefined ? { operation: nameOf(after) } : { shape };
  return (["input", "output"] as const)
    .filter((side) => verdicts[side] === "broken")
    .filter((side) => !changes.some((it) => it.direction === side && severityOf(it, "broken") === "major"))
    .map((direction) => {
      const side = direction === "input" ? "input" : "response";
      return { kind: "type-incompatible", ...at, direction, place: side, subject: side, detail: "" };
    });
}

/**
 * The ergonomic package keeps its methods' names, so where an operation lives is no concern of its callers. Each has a
 * method, which that package's own tests demand.
 */
function hubSeverity(
  { kind, operation, shape, subject }: Change,
  raw: Severity,
  { methods, shapes }: HubSurface,
): Severity {
  if (operation === undefined) {
    // A new name is nothing until somebody exports it.
    const name = kind === "shape-removed" ? subject : shape;
    return name !== undefined && shapes.has(name) ? raw : "none";
  }
  switch (kind) {
    case "operation-added":
      return methods.has(operation.name) ? "minor" : "none";
    case "operation-moved":
    case "operation-split":
    case "operation-retagged":
      return "patch";
    case "token-dispensable":
      return "minor";
    default:
      return raw;
  }
}
