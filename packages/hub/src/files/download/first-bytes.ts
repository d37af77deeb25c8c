import type { Bytes } from "../../bytes/bytes.js";
import { HubResponseError } from "../../errors.js";
import type { RequestOptions } from "../../options.js";
import { inBrowser } from "../../runtime.js";
import type { OpenResponse } from "../../transport/open-response.js";
import { factsOf, startOf, type FileInfo } from "./file-facts.js";
import type { OpenFile } from "./open-file.js";

/** The first bytes of a file, kept from a download that broke off. */
export interface FirstBytes {
  /** How many there are, at least 1. */
  size: number;
  /**
   * The `ETag` header that came with them, from the server that sent them: `file.headers.get("etag")`, which for a large
   * file is not the `etag` that the Hub names. Without it, only the hash of the whole file decides.
   */
  etag?: string | undefined;
  /** Whether they are of the file that the server sends now. If not, it is downloaded from its start. */
  isOf: (file: FileInfo) => boolean;
  /** Reads the first `size` of them, which are hashed with the rest. */
  read: (size: number) => AsyncIterable<Bytes>;
}

/** Opens a file after the bytes that the caller has. Where the server has another file, or sends it whole: at its start. */
export async function openAfter(
  first: FirstBytes,
  open: OpenFile,
  options: RequestOptions,
): Promise<{ response: OpenResponse; start: number }> {
  // A file of as many bytes has none after them; its last one tells that it is the same file.
  for (let start = first.size; start > 0 && start >= first.size - 1; start -= 1) {
    let response: OpenResponse;
    try {
      response = await open({ ...options, headers: { ...options.headers, ...headersAfter(start, first.etag) } });
    } catch (error) {
      if (error instanceof HubResponseError && error.status === 416) continue;
      throw error;
    }
    const facts = factsOf(response);
    if (facts.status !== 206) return { response, start: 0 };
    if (isRest(facts, start) && first.isOf(facts)) return { response, start };
    response.close();
    break;
  }
  return { response: await open(options), start: 0 };
}

/** Whether the response has all bytes from there on, and says so. */
function isRest(facts: FileInfo, start: number): boolean {
  const [, last, size] = /-(\d+)\/(\d+)$/.exec(facts.headers.get("content-range") ?? "") ?? [];
  return startOf(facts, -1) === start && last !== undefined && Number(last) === Number(size) - 1;
}

function headersAfter(start: number, etag: string | undefined): Record<string, string> {
  const range = `bytes=${start}-`;
  // A browser would have to ask the other server first whether it takes this header.
  return etag === undefined || etag.startsWith("W/") || inBrowser() ? { range } : { range, "if-range": etag };
}
