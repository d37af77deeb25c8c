import { runCallback } from "../../async/run-callback.js";

/** How far a download of many files is. */
export interface TransferProgress {
  /** What happens to the file: its local bytes are hashed, to see whether they are the right ones, or bytes arrive. */
  state: "checking" | "downloading";
  /** The file that moved last. */
  path: string;
  /** Bytes that are done, of all files. Never less than before. */
  loaded: number;
  /** Bytes of all files. Grows by those of a file that was checked in vain, and never shrinks. */
  total: number;
  /** Files that are done. */
  files: number;
  totalFiles: number;
}

/** Counts the bytes and files of a download, and reports them. */
export class TransferMeter {
  readonly #onProgress: ((progress: TransferProgress) => void) | undefined;
  readonly #totalFiles: number;
  #loaded = 0;
  #total: number;
  #files = 0;

  constructor(sizes: readonly number[], onProgress: ((progress: TransferProgress) => void) | undefined) {
    this.#onProgress = onProgress;
    this.#totalFiles = sizes.length;
    this.#total = sizes.reduce((sum, size) => sum + size, 0);
  }

  /** Begins with a file, or with its other state. */
  begin(path: string, state: TransferProgress["state"]): FileMeter {
    let before = 0;
    return {
      to: (loaded) => {
        // What comes once more is more to do.
        if (loaded < before) this.#total += before - loaded;
        else this.#loaded += loaded - before;
        before = loaded;
        this.#report(path, state);
      },
      repeat: (size) => {
        this.#total += Math.min(before, size);
      },
      end: () => {
        this.#files += 1;
        this.#report(path, state);
      },
    };
  }

  #report(path: string, state: TransferProgress["state"]): void {
    const total = (this.#total = Math.max(this.#total, this.#loaded));
    runCallback(this.#onProgress, {
      state,
      path,
      loaded: this.#loaded,
      total,
      files: this.#files,
      totalFiles: this.#totalFiles,
    });
  }
}

/** Counts the bytes of one file. */
export interface FileMeter {
  /** So many bytes of the file are done. */
  to: (loaded: number) => void;
  /** What was counted has to be done once more. */
  repeat: (size: number) => void;
  end: () => void;
}
