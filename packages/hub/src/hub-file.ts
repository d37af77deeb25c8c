import { bytesOf, type OpenAnswer } from "./open-answer.js";
import { HubError } from "./errors.js";

/**
 * A file of a repository: what is known of it, and its bytes, still on their way. Read them once, by `stream`, `bytes`,
 * `text` or `json`; or `close` it.
 */
export class HubFile {
  /** In bytes; undefined when the server does not say. */
  readonly size: number | undefined;
  /** Of the whole file: for a large one its SHA-256, else its Git object id. */
  readonly etag: string | undefined;
  /** The commit that the revision stands for. */
  readonly commit: string | undefined;
  /** Under which Xet knows the file, when it is stored there. */
  readonly xetHash: string | undefined;
  readonly contentType: string | undefined;
  /** 206 when only a range was asked for. */
  readonly status: number;
  readonly headers: Headers;
  readonly #answer: OpenAnswer;
  #read = false;

  constructor(answer: OpenAnswer) {
    const { headers, status } = answer.response;
    // A large file comes from another server; what the Hub knows of it stands on its redirect there.
    const told = answer.redirect ?? headers;
    const linkedSize = status === 206 ? null : told.get("x-linked-size");
    // The length of a compressed body says nothing of the file's.
    const length = headers.has("content-encoding") ? null : headers.get("content-length");
    this.size = numberOf(linkedSize ?? length);
    this.etag = unquoted(told.get("x-linked-etag") ?? headers.get("x-linked-etag") ?? headers.get("etag"));
    this.commit = told.get("x-repo-commit") ?? headers.get("x-repo-commit") ?? undefined;
    this.xetHash = told.get("x-xet-hash") ?? headers.get("x-xet-hash") ?? undefined;
    this.contentType = headers.get("content-type") ?? undefined;
    this.status = status;
    this.headers = headers;
    this.#answer = answer;
  }

  /** The bytes as they arrive. Breaking off the loop ends the download; a cut connection throws. */
  stream(): AsyncGenerator<Uint8Array, void, undefined> {
    if (this.#read) throw new HubError("the file was read or closed already; ask for it again");
    this.#read = true;
    return bytesOf(this.#answer);
  }

  /** All bytes, in memory. */
  async bytes(): Promise<Uint8Array> {
    const chunks: Uint8Array<ArrayBuffer>[] = [];
    for await (const chunk of this.stream()) chunks.push(new Uint8Array(chunk));
    return new Uint8Array(await new Blob(chunks).arrayBuffer());
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
    this.#answer.close();
  }
}

const numberOf = (text: string | null): number | undefined =>
  text !== null && /^\d{1,15}$/.test(text) ? Number(text) : undefined;

/** `W/"abc"` and `"abc"` name the same content. */
const unquoted = (etag: string | null): string | undefined => etag?.replace(/^W\//, "").replace(/^"|"$/g, "");
