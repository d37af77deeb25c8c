import type { Bytes } from "../../bytes/bytes.js";
import { base64 } from "../file-content.js";
import type { Schema } from "@hf-api/raw";
import { inSlices } from "../../async/in-slices.js";
import { ndjson } from "../../bytes/ndjson.js";
import { inBrowser } from "../../runtime.js";
import { StreamedBody } from "../../transport/sent-body.js";

/**
 * One change of a commit. A `file` carries its whole content, as text unless `encoding` says `base64`; an `lfsFile` was
 * uploaded before, and is named by the SHA-256 of its bytes. With `oldPath`, either of them moves a file.
 */
export type CommitOperation = Exclude<CommitLine, { key: "header" }>;
/** One line of a commit: its header, or one change. */
export type CommitLine = Schema<"CommitLine">;
/** What a commit says of itself. */
export type CommitHeader = Extract<CommitLine, { key: "header" }>["value"];

/** The bytes of a file, and where in the repository they go. */
export interface NamedBlob {
  path: string;
  blob: Blob;
}

/** A line that is known, or a file whose bytes are still to be read. */
export type DraftLine = CommitLine | NamedBlob;

const heldBytes = 8 * 1024 * 1024;
// A multiple of 3, so that the pieces join to one base64 text.
const piece = 3 * 256 * 1024;

/** The lines of a commit: as text when it is small, else read and written a piece at a time. */
export async function commitBody(lines: readonly DraftLine[]): Promise<string | StreamedBody> {
  const parts = lines.map(linePart);
  const size = parts.reduce((sum, part) => sum + part.size, 0);
  // Browsers stream a body over HTTP/2 alone, and some not at all.
  if (size > heldBytes && !inBrowser()) return new StreamedBody(size, () => encoded(parts));
  // Side by side, since a read waits for its turn longer than it takes; but each holds a file open.
  const texts = await inSlices(parts, 64, (slice) => Promise.all(slice.map(textOf)));
  return texts.join("");
}

interface Part {
  size: number;
  chunks: () => AsyncIterable<string> | Iterable<string>;
}

async function textOf({ chunks }: Part): Promise<string> {
  let text = "";
  for await (const chunk of chunks()) text += chunk;
  return text;
}

const encoder = new TextEncoder();

function linePart(line: DraftLine): Part {
  if (!("blob" in line)) {
    const text = ndjson([line]);
    return { size: encoder.encode(text).byteLength, chunks: () => [text] };
  }
  const { path, blob } = line;
  const start = `{"key":"file","value":{"path":${JSON.stringify(path)},"encoding":"base64","content":"`;
  const end = '"}}\n';
  const size = encoder.encode(start).byteLength + Math.ceil(blob.size / 3) * 4 + end.length;
  return {
    size,
    async *chunks() {
      yield start;
      for (let at = 0; at < blob.size; at += piece) {
        const part = blob.size <= piece ? blob : blob.slice(at, at + piece);
        yield base64(new Uint8Array(await part.arrayBuffer()));
      }
      yield end;
    },
  };
}

async function* encoded(parts: readonly Part[]): AsyncGenerator<Bytes, void, undefined> {
  for (const part of parts) for await (const chunk of part.chunks()) yield encoder.encode(chunk);
}
