import { wholeNumber } from "../../inputs/numbers.js";
import type { OpenResponse } from "../../transport/open-response.js";
import { isGitOid, isSha256 } from "./hash-formats.js";

/** What a response that holds a file, or a part of one, tells of it. */
export interface FileInfo {
  /** In bytes, of the part where only a part was requested; undefined when the server does not say. */
  readonly size: number | undefined;
  /** Of the whole file: for a large one its SHA-256, else its Git object id. */
  readonly etag: string | undefined;
  /** Of a large file, as the Hub names it, whole. */
  readonly sha256: string | undefined;
  /** Of a small file, as the Hub names it, whole: the id that Git gives its bytes. */
  readonly gitOid: string | undefined;
  /** The commit that the revision stands for. */
  readonly commit: string | undefined;
  /** Under which Xet knows the file, when it is stored there. */
  readonly xetHash: string | undefined;
  readonly contentType: string | undefined;
  /** 206 when only a range was requested. */
  readonly status: number;
  readonly headers: Headers;
}

/** A large file comes from another server; what the Hub knows of it stands on its redirect there. */
export function factsOf({ response, hubHeaders }: OpenResponse): FileInfo {
  const { headers, status } = response;
  const told = (name: string): string | undefined => hubHeaders.get(name) ?? undefined;
  const linkedSize = status === 206 ? undefined : told("x-linked-size");
  // The length of a compressed body says nothing of the file's.
  const length = headers.has("content-encoding") ? undefined : headers.get("content-length");
  const linkedEtag = unquoted(told("x-linked-etag"));
  const etag = headers.get("etag");
  // Another server's ETag is no name that the Hub gives.
  const ownEtag = linkedEtag ?? (etag === hubHeaders.get("etag") ? unquoted(etag) : undefined);
  return {
    size: wholeNumber(linkedSize ?? length),
    etag: linkedEtag ?? unquoted(etag),
    sha256: isSha256(linkedEtag) ? linkedEtag : undefined,
    gitOid: isGitOid(ownEtag) ? ownEtag : undefined,
    commit: told("x-repo-commit"),
    xetHash: told("x-xet-hash"),
    contentType: headers.get("content-type") ?? undefined,
    status,
    headers,
  };
}

/** Where in the file the response's first byte stands; where the server does not say, it is the one that was requested. */
export function startOf({ status, headers }: FileInfo, asked: number): number {
  return status === 206 ? Number(/^bytes (\d+)-/.exec(headers.get("content-range") ?? "")?.[1] ?? asked) : 0;
}

/** How long the whole file is of which the response is a part. */
export const wholeSize = ({ headers }: FileInfo): number | undefined =>
  wholeNumber(headers.get("content-range")?.split("/")[1]);

/** `W/"abc"` and `"abc"` name the same content. */
export const unquoted = (etag: string | null | undefined): string | undefined =>
  etag?.replace(/^W\//, "").replace(/^"|"$/g, "");
