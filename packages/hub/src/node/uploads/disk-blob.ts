import type { Bytes } from "../../bytes/bytes.js";
import { open } from "node:fs/promises";
import { HubError } from "../../errors.js";
import { readableOf } from "../../bytes/readable-of.js";

const chunkSize = 256 * 1024;

/** A part of a local file, or all of it. Node's own has a wrong size from 4 GiB on. */
export class DiskBlob extends Blob {
  readonly #path: string;
  readonly #start: number;
  readonly #end: number;
  /** When the file was changed last, in milliseconds: another time means other bytes. */
  readonly #changed: number;

  constructor(path: string, start: number, end: number, changed: number) {
    super();
    this.#path = path;
    this.#start = start;
    this.#end = end;
    this.#changed = changed;
  }

  override get size(): number {
    return this.#end - this.#start;
  }

  override slice(start: number = 0, end: number = this.size): Blob {
    const place = (at: number): number => this.#start + Math.min(Math.max(at < 0 ? this.size + at : at, 0), this.size);
    return new DiskBlob(this.#path, place(start), Math.max(place(start), place(end)), this.#changed);
  }

  override stream(): ReadableStream<Bytes> {
    return readableOf(this.#read());
  }

  override async arrayBuffer(): Promise<ArrayBuffer> {
    return await new Response(this.stream()).arrayBuffer();
  }

  override async text(): Promise<string> {
    return await new Response(this.stream()).text();
  }

  async *#read(): AsyncGenerator<Bytes, void, undefined> {
    const file = await open(this.#path);
    try {
      if ((await file.stat()).mtimeMs !== this.#changed) throw new HubError(`${this.#path} changed while it was read`);
      for (let at = this.#start; at < this.#end;) {
        const buffer = new Uint8Array(Math.min(chunkSize, this.#end - at));
        const { bytesRead } = await file.read(buffer, 0, buffer.byteLength, at);
        if (bytesRead === 0) throw new HubError(`${this.#path} ended while it was read`);
        at += bytesRead;
        yield buffer.subarray(0, bytesRead);
      }
    } finally {
      await file.close();
    }
  }
}
