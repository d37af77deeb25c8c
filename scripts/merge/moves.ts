import { matchOperations } from "../diff/match-operations.js";
import type { Document } from "../document/document.js";
import type { Knowledge } from "./knowledge.js";

/** A path that is another one now, with all of its operations. */
export interface Move {
  from: string;
  to: string;
  /** The area that documents it now. */
  tag: string;
}

/**
 * The paths that moved from one document to the next, so far as a program can follow: all named operations of a path to the
 * same new one, whose parameters are called as they were.
 */
export function findMoves(before: Document, after: Document, { names }: Knowledge): Move[] {
  const pairs = matchOperations(before, after).moved;
  const targets = new Map<string, Set<string>>();
  for (const { before: from, after: to } of pairs) {
    targets.set(from.path, (targets.get(from.path) ?? new Set()).add(to.path));
  }
  const taken = new Set(Object.keys(names));
  return [...targets].flatMap(([from, tos]) => {
    const [to] = tos;
    if (to === undefined || tos.size > 1 || names[from] === undefined || taken.has(to)) return [];
    const moved = pairs.filter((pair) => pair.before.path === from).map((pair) => pair.before.method);
    const isWhole = Object.keys(names[from]).every((method) => moved.some((one) => one === method));
    if (!isWhole || parametersIn(from) !== parametersIn(to)) return [];
    const tags = pairs.find((pair) => pair.before.path === from)?.after.operation["tags"];
    return [{ from, to, tag: Array.isArray(tags) ? String(tags[0]) : "hub" }];
  });
}

const parametersIn = (path: string): string =>
  Array.from(path.matchAll(/\{(\w+)\}/g), ([, name]) => name)
    .sort()
    .join();

/** What is known of the Hub, with paths as they are called now. */
export function withMoves(knowledge: Knowledge, moves: readonly Move[]): Knowledge {
  const to = new Map(moves.map((move) => [move.from, move.to]));
  const names = Object.fromEntries(
    Object.entries(knowledge.names).map(([path, value]) => [to.get(path) ?? path, value]),
  );
  const overlays = knowledge.overlays.map((overlay) => ({
    ...overlay,
    actions: overlay.actions.map((action) => ({
      ...action,
      target: movedIn(action.target, moves),
      ...(action.copy === undefined ? {} : { copy: movedIn(action.copy, moves) }),
    })),
  }));
  return { ...knowledge, names, overlays };
}

/** A text of `spec/overlay/`, or a query in it, which has paths in single quotes. */
export const movedIn = (text: string, moves: readonly Move[]): string =>
  moves.reduce((before, { from, to }) => before.replaceAll(`'${from}'`, () => `'${to}'`), text);
