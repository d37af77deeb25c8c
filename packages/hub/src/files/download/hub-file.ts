import { stopping } from "../../async/abortable.js";
import type { Bytes } from "../../bytes/bytes.js";
import { HubError } from "../../errors.js";
import { joinChunks } from "../../bytes/join-chunks.js";
import { readableOf } from "../../bytes/readable-of.js";
import type { FileInfo } from "./file-facts.js";

/**
 * A file of a repository: what is known of it, and its bytes, still on their way. Read them once, by `stream`,
 * `readable`, `bytes`, `text` or `json`; or `close` it.
 */
export class HubFile implements FileInfo {
  readonly size: number | undefined;
  readonly etag: string | undefined;
  readonly sha256: string | undefined;
  readonly gitOid: string | undefined;
  readonly commit: string | undefined;
  readonly xetHash: string | undefined;
  readonly contentType: string | undefined;
  readonly status: number;
  readonly headers: Headers;
  readonly #open: () => AsyncGenerator<Bytes, void, undefined>;
  readonly #close: () => void;
  #read = false;

  constructor(facts: FileInfo, open: () => AsyncGenerator<Bytes, void, undefined>, close: () => void) {
    this.size = facts.size;
    this.etag = facts.etag;
    this.sha256 = facts.sha256;
    this.gitOid = facts.gitOid;
    this.commit = facts.commit;
    this.xetHash = facts.xetHash;
    this.contentType = facts.contentType;
    this.status = facts.status;
    this.headers = facts.headers;
    this.#open = open;
    this.#close = close;
  }

  /**
   * The bytes as they arrive. When the connection breaks, they go on from there. Breaking off the loop ends the download.
   *
   * @throws {HubIntegrityError} at the end, when they are not the bytes that the Hub names.
   * @throws {HubConnectionError} when the connection breaks again and again.
   */
  stream(): AsyncGenerator<Bytes, void, undefined> {
    if (this.#read) throw new HubError("the file was read or closed already; ask for it again");
    this.#read = true;
    return stopping(this.#open(), this.#close);
  }

  /** The bytes as they arrive, for what takes a web stream, such as a `Response`. */
  readable(): ReadableStream<Bytes> {
    return readableOf(this.stream());
  }

  /** All bytes, in memory. */
  async bytes(): Promise<Bytes> {
    const chunks: Bytes[] = [];
    let size = 0;
    for await (const chunk of this.stream()) {
      chunks.push(chunk);
      size += chunk.byteLength;
    }
    return joinChunks(chunks, size);
  }

  async text(): Promise<string> {
    return new TextDecoder().decode(await this.bytes());
  }

  async json(): Promise<unknown> {
    return JSON.parse(await this.text()) as unknown;
  }

  /** Ends the download of a file that nobody wants to read any more. */
  close(): void {
    this.#read = true;
    this.#close();
  }
}
