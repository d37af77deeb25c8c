import { inParallel } from "../../async/in-parallel.js";
import type { DownloadOptions } from "../../files/download/download.js";
import { expectedFile } from "../../files/download/expected-file.js";
import { count } from "../../inputs/numbers.js";
import type { PartialFile } from "../file-system/partial-file.js";
import type { WriteTarget } from "../file-system/write-target.js";
import type { CommitFile, RepoSource } from "./commit-files.js";
import type { TransferMeter } from "./transfer-meter.js";
import { finishFile, writeFile } from "./write-file.js";

/** A file that has to come. */
export interface MissingFile extends CommitFile {
  place: WriteTarget;
  /** What an earlier download has of it. */
  found: PartialFile | undefined;
}

export interface FetchOptions extends Omit<DownloadOptions, "onProgress" | "expected" | "resume"> {
  /** How many files at once. Default 4. */
  concurrency?: number | undefined;
}

/** The files of one commit that are fetched. */
export interface Fetching {
  source: RepoSource;
  repo: string;
  commit: string;
  meter: TransferMeter;
  /** Whether the bytes are to survive a power failure before a file has its name. */
  sync: boolean;
}

export const concurrencyOf = ({ concurrency = 4 }: FetchOptions): number =>
  Math.max(1, count("concurrency", concurrency));

/** Fetches files, several at once; `fetch` does it for each of them, and what comes before and after. */
export async function fetchAll<T>(
  files: readonly T[],
  options: FetchOptions,
  fetch: (file: T, options: FetchOptions) => Promise<void>,
): Promise<void> {
  const { concurrency: _, ...one } = options;
  await inParallel(files, concurrencyOf(options), options.signal, (file, signal) => fetch(file, { ...one, signal }));
}

/** Brings one file to its place, with as few bytes as are missing. */
export async function fetchFile(
  { source, repo, commit, meter, sync }: Fetching,
  { entry, path, place, found }: MissingFile,
  options: FetchOptions,
): Promise<void> {
  const expected = expectedFile(entry);
  const file = { target: place, expected, found, sync, signal: options.signal };
  if (found !== undefined && found.size === expected.size) {
    const checking = meter.begin(path, "checking");
    let checked = 0;
    if (await finishFile(file, (bytes) => checking.to((checked += bytes)))) return checking.end();
    checking.repeat(checked);
    file.found = undefined;
  }
  const downloading = meter.begin(path, "downloading");
  await writeFile(file, (resume) =>
    source.files.download(
      { repo, revision: commit, path: entry.path },
      { ...options, expected, resume, onProgress: ({ loaded }) => downloading.to(loaded) },
    ),
  );
  downloading.end();
}
