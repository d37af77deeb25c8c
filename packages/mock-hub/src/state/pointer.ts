import { Content } from "./content.js";
import type { FileEntry } from "./git.js";

const pointers = new WeakMap<FileEntry, Promise<Content>>();

/** What git itself holds of a file: the bytes, or for a file in LFS the pointer to them. */
export async function blobOf(entry: FileEntry): Promise<Content> {
  if (!entry.lfs) return entry.content;
  let pointer = pointers.get(entry);
  if (!pointer) pointers.set(entry, (pointer = pointerTo(entry.content)));
  return pointer;
}

async function pointerTo(content: Content): Promise<Content> {
  const oid = await content.sha256;
  return Content.ofText(`version https://git-lfs.github.com/spec/v1\noid sha256:${oid}\nsize ${content.size}\n`);
}
