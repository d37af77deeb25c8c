import { appendFile, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { replaceFile } from "../file-system/replace-file.js";
import { newPartial, versionOf } from "../file-system/partial-file.js";

/** Beside what other clients note, which no upload takes. */
const recordFolder = join(".cache", "huggingface");
const recordName = "hf-api-files.jsonl";

interface Seen {
  size: number;
  mtimeMs: number;
}

type Line = [path: string, size: number, mtimeMs: number, hash: string];

/**
 * What hash each file of a folder had when it was that long and written at that time. A file that is still so needs no
 * hashing. A line is appended for each file as soon as it is there, so that a killed process loses none.
 */
export class FileRecord {
  readonly #path: string;
  readonly #lines: Map<string, Line>;
  #pending = "";
  #writing: Promise<void> | undefined;
  /** A folder that nobody may write to has no record. */
  #isWritable = true;

  private constructor(path: string, lines: Map<string, Line>) {
    this.#path = path;
    this.#lines = lines;
  }

  static async of(folder: string): Promise<FileRecord> {
    const path = join(folder, recordFolder, recordName);
    const text = await readFile(path, "utf8").catch(() => "");
    const lines = new Map<string, Line>();
    const all = text.split("\n");
    for (const line of all) {
      const parsed = parseLine(line);
      if (parsed !== undefined) lines.set(parsed[0], parsed);
    }
    const record = new FileRecord(path, lines);
    if (all.length > 2 * lines.size + 1000) await record.#compact();
    // A line that a killed process left unfinished must not take the next one with it.
    if (text !== "" && !text.endsWith("\n")) record.#pending = "\n";
    return record;
  }

  has(path: string, { size, mtimeMs }: Seen, hash: string): boolean {
    const line = this.#lines.get(path);
    return line !== undefined && line[1] === size && line[2] === mtimeMs && line[3] === hash;
  }

  add(path: string, seen: Seen, hash: string): void {
    const line: Line = [path, seen.size, seen.mtimeMs, hash];
    this.#lines.set(path, line);
    this.#pending += `${JSON.stringify(line)}\n`;
    this.#writing ??= this.#append();
  }

  /** Waits until all is written. */
  async close(): Promise<void> {
    await this.#writing;
  }

  async #append(): Promise<void> {
    try {
      if (this.#isWritable) await this.#makeFolder();
      while (this.#pending !== "" && this.#isWritable) {
        const text = this.#pending;
        this.#pending = "";
        await appendFile(this.#path, text);
      }
    } catch {
      this.#isWritable = false;
    }
    this.#writing = undefined;
  }

  async #makeFolder(): Promise<void> {
    const folder = dirname(this.#path);
    if ((await mkdir(folder, { recursive: true })) === undefined) return;
    // Git is not to take it either.
    await writeFile(join(folder, ".gitignore"), "*\n", { flag: "wx" }).catch(() => undefined);
  }

  async #compact(): Promise<void> {
    const { path, release } = newPartial(dirname(this.#path), recordName, versionOf(undefined), undefined);
    try {
      await writeFile(path, [...this.#lines.values()].map((line) => `${JSON.stringify(line)}\n`).join(""));
      await replaceFile(path, this.#path);
    } catch {
      await rm(path, { force: true }).catch(() => undefined);
    } finally {
      release();
    }
  }
}

function parseLine(text: string): Line | undefined {
  try {
    const line: unknown = JSON.parse(text);
    if (!Array.isArray(line)) return undefined;
    const [path, size, mtimeMs, hash] = line as unknown[];
    const isValid =
      typeof path === "string" && typeof size === "number" && typeof mtimeMs === "number" && typeof hash === "string";
    return isValid ? [path, size, mtimeMs, hash] : undefined;
  } catch {
    return undefined;
  }
}
