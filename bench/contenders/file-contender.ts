/** The same work with files, done with one library. */
export interface FileContender {
  /** Reads a file and keeps nothing of it. */
  drain(path: string): Promise<void>;
  /** Downloads a file to the disk. */
  save?(path: string, target: string): Promise<void>;
  /** Commits a local file. */
  upload?(path: string, source: string): Promise<void>;
  /** Commits so many small files at once. */
  commit?(files: readonly SmallFile[]): Promise<void>;
}

export interface SmallFile {
  path: string;
  content: Blob;
}

export type FileContenderName = "fetch" | "hub" | "hub-unverified" | "huggingface-hub";

export const repo = "engines/weights";
