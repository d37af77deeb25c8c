import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { playgroundLink } from "../emit/playground.js";
import { methods, type Document } from "../document/document.js";
import type { Knowledge } from "../merge/knowledge.js";
import { findMoves, movedIn, withMoves, type Move } from "../merge/moves.js";
import { readSources } from "./read-sources.js";
import type { Sources } from "./source-tree.js";
import { formatYaml, moveName } from "./spec-text.js";

/** What becomes of what is known, and of the files, when paths move. */
export interface Followed {
  knowledge: Knowledge;
  /** The files that change, by path from the root. */
  files: Map<string, string>;
  moves: readonly Move[];
}

/** Follows the paths that moved: names, corrections, the routes of methods, their links, and the requests of their rows. */
export async function followMoves(
  root: string,
  before: Document,
  after: Document,
  knowledge: Knowledge,
): Promise<Followed> {
  const hub = join(root, "packages/hub");
  const all = findMoves(before, after, knowledge);
  const files = new Map<string, string>();
  if (all.length === 0) return { knowledge, files, moves: all };
  const sources = existsSync(join(hub, "src")) ? await readSources(hub) : undefined;
  // A route that is made of parts cannot be followed in the text of a method.
  const moves = sources === undefined ? all : all.filter(({ from }) => isRoute(sources, from));
  for (const [file, text] of sources ?? []) {
    const moved = moves.reduce(file.startsWith("src/") ? inSource : inRow, text);
    if (moved !== text) files.set(`packages/hub/${file}`, moved);
  }
  const names = await readFile(join(root, "spec/names.yaml"), "utf8");
  const movedNames = moves.reduce((text, { from, to }) => moveName(text, from, to), names);
  if (movedNames !== names) files.set("spec/names.yaml", await formatYaml(movedNames));
  for (const name of await readdir(join(root, "spec/overlay"))) {
    const text = await readFile(join(root, "spec/overlay", name), "utf8");
    const moved = movedIn(text, moves);
    if (moved !== text) files.set(`spec/overlay/${name}`, await formatYaml(moved));
  }
  return { knowledge: withMoves(knowledge, moves), files, moves };
}

const isRoute = (sources: Sources, path: string): boolean =>
  [...sources].some(([file, text]) => file.startsWith("src/") && text.includes(JSON.stringify(path)));

/** Changes routes and links. */
export function inSource(text: string, { from, to, tag }: Move): string {
  const routes = text.replaceAll(JSON.stringify(from), () => JSON.stringify(to));
  return methods.reduce((before, method) => {
    const [start = "", end = ""] = playgroundLink("<tag>", method, from).split("<tag>");
    const link = new RegExp(`${escaped(start)}[^/\\s]+${escaped(end)}(?=\\s)`, "g");
    return before.replace(link, () => playgroundLink(tag, method, to));
  }, routes);
}

/** Changes requests, such as `GET /api/things/1?limit=2`: what stands for a parameter goes along. */
export function inRow(text: string, { from, to }: Move): string {
  const names = Array.from(from.matchAll(/\{(\w+)\}/g), ([, name = ""]) => name);
  const pattern = from
    .split(/\{\w+\}/)
    .map(escaped)
    .join('([^/?"`\\s]+)');
  return text.replace(
    new RegExp(`([A-Z]+ )${pattern}(?=["?\`])`, "g"),
    (_, verb: string, ...values: unknown[]) =>
      verb + to.replace(/\{(\w+)\}/g, (_whole, name: string) => String(values[names.indexOf(name)])),
  );
}

const escaped = (text: string): string => text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
