import { wholeNumber } from "../../inputs/numbers.js";
import type { OpenAnswer } from "../../transport/open-response.js";

/** What an answer that holds a file, or a part of one, tells of it. */
export interface FileFacts {
  /** In bytes, of the part where only a part was asked for; undefined when the server does not say. */
  readonly size: number | undefined;
  /** Of the whole file: for a large one its SHA-256, else its Git object id. */
  readonly etag: string | undefined;
  /** Of a large file, as the Hub names it, whole. */
  readonly sha256: string | undefined;
  /** The commit that the revision stands for. */
  readonly commit: string | undefined;
  /** Under which Xet knows the file, when it is stored there. */
  readonly xetHash: string | undefined;
  readonly contentType: string | undefined;
  /** 206 when only a range was asked for. */
  readonly status: number;
  readonly headers: Headers;
}

/** A large file comes from another server; what the Hub knows of it stands on its redirect there. */
export function factsOf({ response, redirect }: OpenAnswer): FileFacts {
  const { headers, status } = response;
  const told = (name: string): string | undefined => redirect?.get(name) ?? headers.get(name) ?? undefined;
  const linkedSize = status === 206 ? undefined : told("x-linked-size");
  // The length of a compressed body says nothing of the file's.
  const length = headers.has("content-encoding") ? undefined : headers.get("content-length");
  const linkedEtag = unquoted(told("x-linked-etag"));
  return {
    size: wholeNumber(linkedSize ?? length),
    etag: linkedEtag ?? unquoted(headers.get("etag")),
    sha256: linkedEtag !== undefined && /^[0-9a-f]{64}$/.test(linkedEtag) ? linkedEtag : undefined,
    commit: told("x-repo-commit"),
    xetHash: told("x-xet-hash"),
    contentType: headers.get("content-type") ?? undefined,
    status,
    headers,
  };
}

/** Where in the file the answer's first byte stands; where the server does not say, it is the one that was asked for. */
export function startOf({ status, headers }: FileFacts, asked: number): number {
  return status === 206 ? Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1] ?? asked) : 0;
}

/** `W/"abc"` and `"abc"` name the same content. */
export const unquoted = (etag: string | null | undefined): string | undefined =>
  etag?.replace(/^W\//, "").replace(/^"|"$/g, "");
