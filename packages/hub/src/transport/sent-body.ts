import type { Bytes } from "../bytes/bytes.js";
import { readableOf } from "../bytes/readable-of.js";
import { HubInputError } from "../errors.js";
import { onNode } from "../runtime.js";

type Chunks = AsyncGenerator<Bytes, void, undefined>;

/** A body that is too large to hold: written anew for each attempt. */
export class StreamedBody {
  /** In bytes. */
  readonly size: number;
  readonly #write: () => Chunks;

  constructor(size: number, write: () => Chunks) {
    this.size = size;
    this.#write = write;
  }

  stream(): ReadableStream<Bytes> {
    return streamOfBody(this, this.#write());
  }
}

const failures = new WeakMap<object, { error: unknown }>();

/** The chunks of a body as a stream that remembers what went wrong in reading them. */
export function streamOfBody(body: object, chunks: Chunks): ReadableStream<Bytes> {
  const watched = async function* (): Chunks {
    try {
      yield* chunks;
    } catch (error) {
      failures.set(body, { error });
      throw error;
    }
  };
  return readableOf(watched());
}

/** Why a body could not be read to its end. The runtime tells of it as of a broken connection, and it is none. */
export const failureToRead = (body: unknown): { error: unknown } | undefined =>
  typeof body === "object" && body !== null ? failures.get(body) : undefined;

/** Nobody could send a stream a second time. */
export const isReadOnce = (body: unknown): boolean => body instanceof ReadableStream;

/** @throws {HubInputError} for a stream that somebody else reads, or has read. */
export function checkUnread(what: string, stream: ReadableStream): void {
  try {
    // It takes none of those. Nothing is read here.
    new Response(stream);
  } catch (cause) {
    throw new HubInputError(`${what} is a stream that is locked or was read already; pass a fresh one`, { cause });
  }
}

const slowest = 128;

/** What a body adds to the time limit of an attempt, in milliseconds: it may take a second for each 128 KiB. */
export function timeToSend(body: unknown): number {
  if (typeof body === "string") return Math.ceil(body.length / slowest);
  return body instanceof StreamedBody || body instanceof Blob ? Math.ceil(body.size / slowest) : 0;
}

/**
 * How to send what should not lie in memory as a whole: Node copies a body in case a redirect asks for it again, unless
 * it is told that a redirect is an error. Workers know no such option.
 */
export function unbuffered(): RequestInit {
  return onNode() ? { redirect: "error", window: null } : { redirect: "manual" };
}
