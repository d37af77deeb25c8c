import { onAbort } from "../async/abortable.js";
import type { Bytes } from "../bytes/bytes.js";
import { chunksOf } from "../bytes/chunks-of.js";
import { HubInputError } from "../errors.js";
import type { RequestOptions } from "../options.js";
import { readableOf } from "../bytes/readable-of.js";
import { createSha256 } from "./sha256.js";
import { checkUnread } from "../transport/sent-body.js";
import { fetchBlob } from "../transport/storage.js";
import type { Transport } from "../transport/transport.js";

/**
 * What a file shall hold: text, bytes, a Blob (such as a file of a form, or `localFile` of `@hf-api/hub/node`), a stream
 * of bytes, or an address to fetch it from, without the token. Streams and what is fetched are held in memory until the
 * commit; what is fetched may be as long as `maxResponseBytes` of the `Hub` allows.
 */
export type FileContent =
  string | Uint8Array | ArrayBuffer | Blob | ReadableStream<Uint8Array> | AsyncIterable<Uint8Array> | URL;

/** The content as something whose size is known, and that can be read more than once. */
export async function blobOf(
  transport: Transport,
  path: string,
  content: FileContent,
  options: RequestOptions,
): Promise<Blob> {
  if (content instanceof Blob) return content;
  if (content instanceof ReadableStream) return await gather(path, content, options.signal);
  if (content instanceof URL) return await fetchBlob(transport, content, options);
  if (typeof content === "string" || content instanceof ArrayBuffer) return new Blob([content]);
  // A view may lie in memory that threads share, which no Blob takes.
  if (ArrayBuffer.isView(content))
    return new Blob([new Uint8Array(content.buffer, content.byteOffset, content.byteLength).slice()]);
  if (typeof content === "object" && content !== null && Symbol.asyncIterator in content) {
    return await gather(path, readableOf(content[Symbol.asyncIterator]()), options.signal);
  }
  throw new HubInputError(
    `the content of ${path} is ${typeof content}; expected text, bytes, a Blob, a stream or a URL`,
  );
}

async function gather(path: string, stream: ReadableStream, signal: AbortSignal | undefined): Promise<Blob> {
  signal?.throwIfAborted();
  checkUnread(`the content of ${path}`, stream);
  const reader = (stream as ReadableStream<unknown>).getReader();
  const stop = (reason: unknown): void => void reader.cancel(reason).catch(() => undefined);
  // Nobody knows whether more will ever come.
  const forget = onAbort(signal, () => stop(signal?.reason));
  const chunks: Bytes[] = [];
  try {
    for (let chunk = await reader.read(); !chunk.done; chunk = await reader.read()) {
      const { value } = chunk;
      if (!(value instanceof Uint8Array)) {
        stop(undefined);
        throw new HubInputError(
          `the stream for ${path} holds ${typeof value === "string" ? "text" : typeof value}; expected bytes, such as a TextEncoderStream makes of text`,
        );
      }
      chunks.push(new Uint8Array(value));
    }
  } finally {
    forget();
  }
  signal?.throwIfAborted();
  return new Blob(chunks);
}

/** In hexadecimal. */
export async function sha256Of(
  blob: Blob,
  signal: AbortSignal | undefined,
  onBytes: (count: number) => void,
): Promise<string> {
  const hash = createSha256();
  for await (const chunk of chunksOf(blob.stream())) {
    signal?.throwIfAborted();
    hash.update(chunk);
    onBytes(chunk.byteLength);
  }
  return hash.digest("hex");
}

/** What Git puts before the bytes of a file to hash them. */
export const gitHeader = (size: number): Bytes => new TextEncoder().encode(`blob ${size}\0`);

/** The id that Git gives a file with these bytes. */
export async function gitObjectId(blob: Blob): Promise<string> {
  const header = gitHeader(blob.size);
  const object = new Uint8Array(header.byteLength + blob.size);
  object.set(header);
  object.set(new Uint8Array(await blob.arrayBuffer()), header.byteLength);
  const digest = new Uint8Array(await crypto.subtle.digest("SHA-1", object));
  return Array.from(digest, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

const piece = 0x2000;

export function base64(bytes: Uint8Array): string {
  let text = "";
  // As many arguments as every runtime takes.
  for (let at = 0; at < bytes.length; at += piece) {
    text += String.fromCharCode.apply(null, bytes.subarray(at, at + piece) as unknown as number[]);
  }
  return btoa(text);
}
