import type { RevisionInput } from "../inputs/repo-id.js";
import type { FileRange } from "./download/file-range.js";

export interface FileInput extends RevisionInput {
  /** Of a file or folder, from the top of the repository. */
  path: string;
}

/** Which file at which revision, and which part of it. */
export interface DownloadInput extends FileInput {
  /** A part of the file; the response then has status 206, and `size` counts the part. */
  range?: FileRange | undefined;
}
