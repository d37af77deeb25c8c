import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { operationsOf, type Document, type Json } from "../document/document.js";
import { attempt } from "../cli/refusals.js";
import type { Knowledge } from "../merge/knowledge.js";
import type { Merged } from "../merge/merge.js";
import type { Names } from "../merge/names.js";
import { parseOverlay } from "../merge/overlay.js";
import { readKnownCalls } from "./known-calls.js";
import { isPagedByLink, proposeName } from "./name-operation.js";
import { readSources } from "./read-sources.js";
import { scaffold, type Scaffolded } from "./scaffold.js";
import { addLinkedList, addName, formatYaml } from "./spec-text.js";

const lists = "spec/overlay/paging.yaml";
const lock = "spec/names.yaml";

/** The repository, with changes that are not written yet. */
export interface Workspace {
  root: string;
  /** New texts of files, by path from the root. */
  pending: ReadonlyMap<string, string>;
}

export interface NamedKnowledge {
  knowledge: Knowledge;
  /** What changed of `spec/`, by path from the root. */
  files: Map<string, string>;
}

/** Gives operations that the lock does not know names of their own, and says of their lists how they continue. */
export async function nameNew(
  { root, pending }: Workspace,
  merged: Merged,
  knowledge: Knowledge,
): Promise<NamedKnowledge> {
  const added = new Set(merged.provisional.map(({ label }) => label));
  const all = [...operationsOf(merged.document)];
  const taken = new Set(
    all.filter(({ label }) => !added.has(label)).map(({ operation }) => String(operation["operationId"])),
  );
  const read = async (path: string): Promise<string> => pending.get(path) ?? (await readFile(join(root, path), "utf8"));
  let names = await read(lock);
  let overlay = await read(lists);
  const [namesBefore, overlayBefore] = [names, overlay];
  for (const at of all.filter(({ label }) => added.has(label))) {
    const name = proposeName(at, (id) => taken.has(id));
    taken.add(name.id);
    names = addName(names, at, name);
    // A list for which there is no place stays a plain one; the method's author sees that.
    if (at.operation["x-paging"] === undefined && isPagedByLink(at))
      attempt(
        () => undefined,
        () => void (overlay = addLinkedList(overlay, at.path)),
      );
  }
  const files = new Map<string, string>();
  if (names !== namesBefore) files.set(lock, (names = await formatYaml(names)));
  if (overlay !== overlayBefore) files.set(lists, (overlay = await formatYaml(overlay)));
  const overlays = knowledge.overlays.map((one) =>
    one.file === lists ? parseOverlay(lists, parse(overlay) as Json) : one,
  );
  return { knowledge: { ...knowledge, overlays, names: parse(names) as Names }, files };
}

/** Writes the methods of operations, by paths from the root. */
export async function growMethods(
  { root, pending }: Workspace,
  document: Document,
  ids: readonly string[],
): Promise<Scaffolded> {
  const sources = await readSources(join(root, "packages/hub"));
  for (const file of sources.keys()) sources.set(file, pending.get(`packages/hub/${file}`) ?? sources.get(file) ?? "");
  const result = await scaffold(document, ids, sources, await readKnownCalls(root));
  return { ...result, files: new Map([...result.files].map(([file, text]) => [`packages/hub/${file}`, text])) };
}
