import type { Bytes } from "../../bytes/bytes.js";
import { chunksOf } from "../../bytes/chunks-of.js";
import { streamOfBody } from "../../transport/sent-body.js";

/** A Blob that counts what is read of it, where the runtime reads it by its stream; the rest once it is complete. */
export class CountedBlob extends Blob {
  readonly #blob: Blob;
  readonly #count: (bytes: number) => void;
  #counted = 0;

  constructor(blob: Blob, count: (bytes: number) => void) {
    // Some runtimes take what was given here, others ask the methods below.
    super([blob]);
    this.#blob = blob;
    this.#count = count;
  }

  override get size(): number {
    return this.#blob.size;
  }

  override stream(): ReadableStream<Bytes> {
    return streamOfBody(this, this.#read());
  }

  complete(): void {
    this.#upTo(this.size);
  }

  async *#read(): AsyncGenerator<Bytes, void, undefined> {
    let read = 0;
    for await (const chunk of chunksOf(this.#blob.stream())) {
      read += chunk.byteLength;
      // What is sent a second time counts once.
      this.#upTo(read);
      yield chunk;
    }
  }

  #upTo(read: number): void {
    if (read <= this.#counted) return;
    this.#count(read - this.#counted);
    this.#counted = read;
  }
}
