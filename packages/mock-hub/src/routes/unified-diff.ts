import type { Content } from "../state/content.js";
import type { Commit } from "../state/git.js";
import { blobOf } from "../state/pointer.js";

/** What git tells of two commits: of a file in LFS, its pointer. */
export async function diffBetween(before: Commit, after: Commit): Promise<string> {
  const paths = [...new Set([...before.files.keys(), ...after.files.keys()])].sort();
  const changed = paths.filter((path) => before.files.get(path) !== after.files.get(path));
  const parts = changed.map(async (path) => diffOf(path, await blobAt(before, path), await blobAt(after, path)));
  return (await Promise.all(parts)).join("");
}

async function blobAt({ files }: Commit, path: string): Promise<Content | undefined> {
  const entry = files.get(path);
  return entry && blobOf(entry);
}

const noId = "0".repeat(40);

async function diffOf(path: string, before: Content | undefined, after: Content | undefined): Promise<string> {
  const [oldId, newId] = await Promise.all([before?.oid ?? noId, after?.oid ?? noId]);
  if (oldId === newId) return "";
  const mode =
    before === undefined ? "new file mode 100644\n" : after === undefined ? "deleted file mode 100644\n" : "";
  const index = `index ${oldId}..${newId}${mode === "" ? " 100644" : ""}\n`;
  const head = `diff --git a/${path} b/${path}\n${mode}${index}`;
  const [from, to] = [before ? `a/${path}` : "/dev/null", after ? `b/${path}` : "/dev/null"];
  const [old, young] = [before?.bytes() ?? new Uint8Array(), after?.bytes() ?? new Uint8Array()];
  if (old.includes(0) || young.includes(0)) return `${head}Binary files ${from} and ${to} differ\n`;
  const hunk = hunkOf(linesOf(old), linesOf(young));
  return hunk === "" ? head : `${head}--- ${from}\n+++ ${to}\n${hunk}`;
}

/** Each with its line break; the last one may have none. */
const linesOf = (bytes: Uint8Array): string[] => new TextDecoder().decode(bytes).match(/.*\n|.+$/g) ?? [];

const contextLines = 3;

/** One hunk, from the first line that differs to the last one: right, though seldom the shortest. */
function hunkOf(before: readonly string[], after: readonly string[]): string {
  const most = Math.min(before.length, after.length);
  let same = 0;
  while (same < most && before[same] === after[same]) same++;
  let end = 0;
  while (end < most - same && before.at(-1 - end) === after.at(-1 - end)) end++;
  const start = Math.max(0, same - contextLines);
  const trailing = Math.min(end, contextLines);
  const removed = before.slice(same, before.length - end);
  const added = after.slice(same, after.length - end);
  const lines = [
    ...before.slice(start, same).map((line) => ` ${line}`),
    ...removed.map((line) => `-${line}`),
    ...added.map((line) => `+${line}`),
    ...before.slice(before.length - end, before.length - end + trailing).map((line) => ` ${line}`),
  ];
  if (lines.length === 0) return "";
  const range = (count: number): string =>
    count === 1 ? `${start + 1}` : `${count === 0 ? start : start + 1},${count}`;
  const context = same - start + trailing;
  const ended = lines.map((line) => (line.endsWith("\n") ? line : `${line}\n\\ No newline at end of file\n`));
  return `@@ -${range(context + removed.length)} +${range(context + added.length)} @@\n${ended.join("")}`;
}
