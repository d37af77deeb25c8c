import { createFileContender } from "../contenders/create-file-contender.js";
import type { FileContenderName, SmallFile } from "../contenders/file-contender.js";
import { answering } from "../lib/answering.js";

/** One piece of work with files; `path` is in the repository, `local` on the disk. */
export type FileTask =
  | { kind: "drain"; path: string }
  | { kind: "save" | "upload"; path: string; local: string }
  | { kind: "commit"; files: number };

export interface FileCost {
  /** Milliseconds of this process, all its threads included. */
  cpu: number;
  milliseconds: number;
  /** How much more memory it took than it had before, at most, in MiB. */
  growth: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const contender = await createFileContender(name as FileContenderName, endpoint);

const smallFile = (number: number): SmallFile => ({
  path: `small/${number}.txt`,
  content: new Blob([`file ${number}\n`.repeat(50)]),
});

answering<FileTask>(async (task) => {
  const run = runnerOf(task);
  globalThis.gc?.();
  const started = performance.now();
  const before = process.cpuUsage();
  const held = process.memoryUsage.rss();
  await run();
  const { user, system } = process.cpuUsage(before);
  const growth = process.resourceUsage().maxRSS / 1024 - held / 1024 / 1024;
  return { cpu: (user + system) / 1000, milliseconds: performance.now() - started, growth } satisfies FileCost;
});

function runnerOf(task: FileTask): () => Promise<void> {
  const { drain, save, upload, commit } = contender;
  if (task.kind === "drain") return () => drain(task.path);
  if (task.kind === "commit" && commit !== undefined) {
    const files = Array.from({ length: task.files }, (_, number) => smallFile(number));
    return () => commit(files);
  }
  if (task.kind === "save" && save !== undefined) return () => save(task.path, task.local);
  if (task.kind === "upload" && upload !== undefined) return () => upload(task.path, task.local);
  throw new Error(`${name} cannot ${task.kind}`);
}
