import { canonical, operationsOf, parametersOf, type Document, type OperationAt } from "../document/document.js";

export interface Pair {
  before: OperationAt;
  after: OperationAt;
}

/** Which operation of one document is which of the other. */
export interface MatchedOperations {
  same: Pair[];
  /** Same verb, same thing, another path. */
  moved: Pair[];
  /** `{repoType}` became literal kinds: one operation is several now. */
  split: { before: OperationAt; after: OperationAt[] }[];
  added: OperationAt[];
  removed: OperationAt[];
}

export function matchOperations(before: Document, after: Document): MatchedOperations {
  const removed = new Map([...operationsOf(before)].map((at) => [at.label, at]));
  const added = new Map([...operationsOf(after)].map((at) => [at.label, at]));
  const same: Pair[] = [];
  for (const [label, at] of removed) {
    const twin = added.get(label);
    if (twin === undefined) continue;
    same.push({ before: at, after: twin });
    removed.delete(label);
    added.delete(label);
  }
  const split = takeSplits(removed, added);
  const moved = takeMoves(removed, added);
  return { same, moved, split, added: [...added.values()], removed: [...removed.values()] };
}

type Operations = Map<string, OperationAt>;

function takeSplits(removed: Operations, added: Operations): MatchedOperations["split"] {
  const splits: MatchedOperations["split"] = [];
  const parameters = new Set<string>();
  // A single literal in the place of a parameter may be something new, unless other paths split the same parameter.
  for (const least of [2, 1]) {
    for (const [label, at] of removed) {
      const kinds = [...added.values()].flatMap((other) => {
        const bindings = other.method === at.method ? bindingsOf(at.path, other.path) : [];
        return bindings.length > 0 ? [{ other, bindings }] : [];
      });
      const names = kinds.flatMap(({ bindings }) => bindings.map(({ parameter }) => parameter));
      if (kinds.length < least || (least === 1 && !names.every((name) => parameters.has(name)))) continue;
      splits.push({ before: at, after: kinds.map(({ other }) => other) });
      for (const name of names) parameters.add(name);
      removed.delete(label);
      for (const { other } of kinds) added.delete(other.label);
    }
  }
  return splits;
}

interface Binding {
  parameter: string;
  /** What stands in its place: a literal, or nothing. */
  literal: string;
}

/** How a path comes from a template by fixing or dropping parameters; empty when it does not. */
export function bindingsOf(template: string, path: string): Binding[] {
  const from = template.split("/");
  const to = path.split("/");
  if (from.length === to.length + 1) {
    // Models live at the root, where the other kinds have their name in the path.
    const index = from.findIndex((segment, at) => segment !== to[at]);
    const dropped = from[index] ?? "";
    return isParameter(dropped) && from.toSpliced(index, 1).join("/") === path
      ? [{ parameter: dropped, literal: "" }]
      : [];
  }
  if (from.length !== to.length) return [];
  const bindings = from.flatMap((parameter, index) => {
    const literal = to[index] ?? "";
    return parameter === literal ? [] : [{ parameter, literal }];
  });
  const valid = bindings.every(({ parameter, literal }) => isParameter(parameter) && !isParameter(literal));
  return valid ? bindings : [];
}

const isParameter = (segment: string): boolean => segment.startsWith("{");

function takeMoves(removed: Operations, added: Operations): Pair[] {
  const moves: Pair[] = [];
  for (const [label, at] of removed) {
    const candidates = [...added.values()]
      .map((other) => ({ other, likeness: likeness(at, other) }))
      .filter((candidate) => candidate.likeness >= 0.5)
      .sort((a, b) => b.likeness - a.likeness || (a.other.path < b.other.path ? -1 : 1));
    const twin = candidates[0]?.other;
    if (twin === undefined) continue;
    moves.push({ before: at, after: twin });
    removed.delete(label);
    added.delete(twin.label);
  }
  return moves;
}

/** From 0 to 1: how sure it is that one operation is the other one at another place. */
function likeness(before: OperationAt, after: OperationAt): number {
  if (before.method !== after.method) return 0;
  const id = before.operation["operationId"];
  // Names are locked: whoever moves one to another path says that it is the same operation.
  if (id !== undefined && id === after.operation["operationId"]) return 2;
  const [from, to] = [skeleton(before.path), skeleton(after.path)];
  if (from.join("/") === to.join("/")) return 1;
  if (signature(before) !== signature(after)) return 0;
  const shared = from.filter((segment) => to.includes(segment)).length;
  return shared / Math.max(from.length, to.length);
}

const skeleton = (path: string): string[] =>
  path
    .split("/")
    .slice(1)
    .map((segment) => segment.replace(/\{[^}]*\}/g, "{}"));

/** Everything that callers give and get, except how path parameters are called. */
export function signature({ operation }: OperationAt): string {
  const parameters = parametersOf(operation).filter((parameter) => parameter.in !== "path");
  const places = parametersOf(operation).length - parameters.length;
  return canonical([places, parameters, operation["requestBody"] ?? null, operation["responses"] ?? null]);
}
