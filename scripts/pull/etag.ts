import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { isObject, type Json } from "../document/document.js";

/** The version of the document that was read last, as its server marks it. */
export interface SeenVersion {
  source: string;
  etag: string;
  /** Of the snapshot that came of it. */
  fingerprint: string;
}

// A cache, no knowledge: lost or wrong it costs one download.
const fileIn = (root: string): string => join(root, "node_modules/.cache/hf-api/seen.json");

/** The mark to send along, if the snapshot at hand is what came of that version. */
export async function seenEtag(root: string, source: string, fingerprint: string): Promise<string | undefined> {
  try {
    const seen = JSON.parse(await readFile(fileIn(root), "utf8")) as Json;
    const fits = isObject(seen) && seen["source"] === source && seen["fingerprint"] === fingerprint;
    return fits && typeof seen["etag"] === "string" ? seen["etag"] : undefined;
  } catch {
    return undefined;
  }
}

export async function rememberEtag(root: string, seen: SeenVersion): Promise<void> {
  const file = fileIn(root);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, JSON.stringify(seen));
}
