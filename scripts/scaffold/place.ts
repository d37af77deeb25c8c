import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import type { OperationAt } from "../document/document.js";
import type { KnownCall } from "./known-calls.js";

/** Where a method belongs. */
export type Place =
  | { kind: "namespace"; namespace: string }
  /** Written once for several kinds of repositories. */
  | { kind: "family"; className: "RepoNamespace" | "GatedRepoNamespace" };

const families: readonly { kinds: readonly string[]; className: "RepoNamespace" | "GatedRepoNamespace" }[] = [
  { kinds: ["models", "datasets", "spaces"], className: "RepoNamespace" },
  { kinds: ["models", "datasets"], className: "GatedRepoNamespace" },
];

const ofRepo = /^\/api\/(models|datasets|spaces)(\/\{namespace\}\/\{repo\}\/[^]+)$/;

/** The operations that one method serves: the same path under several kinds of repositories, or the operation alone. */
export function groupFamilies(wanted: readonly OperationAt[]): { members: OperationAt[]; place?: Place }[] {
  const left = new Set(wanted);
  return wanted.flatMap((at) => {
    if (!left.delete(at)) return [];
    const [, , tail] = ofRepo.exec(at.path) ?? [];
    const kin =
      tail === undefined
        ? []
        : [...left].filter((other) => other.method === at.method && ofRepo.exec(other.path)?.[2] === tail);
    const kinds = [at, ...kin].map(({ path }) => ofRepo.exec(path)?.[1]);
    const family = families.find(
      (it) => it.kinds.length === kinds.length && it.kinds.every((kind) => kinds.includes(kind)),
    );
    if (family === undefined) return [{ members: [at] }];
    for (const other of kin) left.delete(other);
    const members = family.kinds.flatMap((kind) => [at, ...kin].filter(({ path }) => path.startsWith(`/api/${kind}/`)));
    return [{ members, place: { kind: "family", className: family.className } }];
  });
}

export interface KnownOperation extends KnownCall {
  at: OperationAt;
}

/** The namespace whose operations are the nearest: the longest common path, then the same tag, then the most of them. */
export function findNamespace(at: OperationAt, known: readonly KnownOperation[]): string {
  const near = known.filter(({ method }) => method.split(".").length === 2);
  const scored = near.map((call) => ({ call, common: commonSegments(at.path, call.at.path) }));
  const most = Math.max(0, ...scored.map(({ common }) => common));
  if (most < 2) {
    throw new PipelineError(
      `No namespace has operations near ${quote(at.label, 120)}; choose one, or add one, and write the method by hand.`,
    );
  }
  const counts = new Map<string, [sameTag: number, all: number]>();
  for (const { call, common } of scored) {
    if (common < most) continue;
    const namespace = call.method.split(".")[0] ?? "";
    const [sameTag, all] = counts.get(namespace) ?? [0, 0];
    counts.set(namespace, [sameTag + Number(tagOf(call.at) === tagOf(at)), all + 1]);
  }
  const [[namespace] = [""]] = [...counts].sort(([, a], [, b]) => b[0] - a[0] || b[1] - a[1]);
  return namespace;
}

const tagOf = ({ operation }: OperationAt): unknown =>
  Array.isArray(operation["tags"]) ? operation["tags"][0] : undefined;

/** How many segments two paths share from their beginning, whatever their parameters are called. */
export function commonSegments(one: string, other: string): number {
  const [a, b] = [one, other].map((path) =>
    path
      .replace(/\{[^}]*\}/g, "{}")
      .split("/")
      .slice(1),
  ) as [string[], string[]];
  const end = a.findIndex((segment, index) => segment !== b[index]);
  return end === -1 ? a.length : end;
}
