import { sleep } from "../../async/abortable.js";
import { runCallback } from "../../async/run-callback.js";
import { startDeadline } from "../../transport/attempt.js";
import type { Bytes } from "../../bytes/bytes.js";
import {
  HubConnectionError,
  HubError,
  HubInputError,
  HubIntegrityError,
  HubResponseError,
  HubTimeoutError,
} from "../../errors.js";
import { checkExpected, compareFacts, type ExpectedFile } from "./expected-file.js";
import { isGitOid } from "./hash-formats.js";
import { openAfter, type FirstBytes } from "./first-bytes.js";
import { factsOf, startOf, unquoted, wholeSize, type FileInfo } from "./file-facts.js";
import { createCheck, type FileCheck } from "./file-check.js";
import { rangeOptions, type FileRange } from "./file-range.js";
import { HubFile } from "./hub-file.js";
import type { OpenFile } from "./open-file.js";
import { safeTextOf } from "../../transport/error-response.js";
import { bytesOf, type OpenResponse } from "../../transport/open-response.js";
import type { RequestOptions } from "../../options.js";
import { backOff } from "../../transport/retry.js";
import { askForPlain, inBrowser } from "../../runtime.js";

/** How far a file is, in bytes. `total` is undefined as long as nobody knows. */
export interface Progress {
  loaded: number;
  total: number | undefined;
}

export interface DownloadOptions extends RequestOptions {
  /** Milliseconds for the download with all its attempts and waits, to the last byte. */
  deadline?: number | undefined;
  /** Whether to compare a file, read whole, with the hash that `expected` or the Hub names. Default true. */
  verify?: boolean | undefined;
  /**
   * What is known of the file already, from `expectedFile(entry)` say. Another file is refused: at once where the Hub
   * names it, else at its end.
   */
  expected?: ExpectedFile | undefined;
  /**
   * What an earlier download has of the file. If the server still has the same file, only the rest is requested, and
   * `stream()` begins there, as the header `content-range` tells; the hash covers the whole file. Else all of it comes.
   */
  resume?: FirstBytes | undefined;
  /** Hears of each piece that arrives. */
  onProgress?: ((progress: Progress) => void) | undefined;
}

/** Opens a file whose bytes keep coming when connections break. A `revision` that is a commit has to be the file's. */
export async function download(
  open: OpenFile,
  { verify = true, expected: known, resume, onProgress, ...given }: DownloadOptions = {},
  range?: FileRange,
  revision?: string,
): Promise<HubFile> {
  const expected: ExpectedFile = { commit: isGitOid(revision) ? revision : undefined, ...known };
  checkExpected(expected);
  if (resume !== undefined && (range !== undefined || asksForPart(given))) {
    throw new HubInputError("resume is for a file as a whole; leave out the range");
  }
  const whole = startDeadline(given);
  const options = { ...given, headers: { ...askForPlain(), ...given.headers }, signal: whole.signal };
  let current: OpenResponse | undefined;
  const close = (): void => {
    // Ends the wait for another connection as well.
    whole.close();
    current?.close();
  };
  const goOn = (opened: OpenResponse): void => {
    current = opened;
  };
  try {
    const { response: first, start } =
      resume === undefined
        ? { response: await open(rangeOptions(range, options)), start: 0 }
        : await openAfter(resume, open, options);
    goOn(first);
    const named = factsOf(first);
    const isRest = start > 0;
    const isPart = named.status === 206 && !isRest;
    if (range !== undefined) checkRange(first, named, range);
    else if (isPart && !asksForPart(given)) {
      throw new HubIntegrityError("the server sent a part of the file, and was asked for all of it");
    }
    compareFacts(named, expected);
    const size = isRest ? wholeSize(named) : isPart ? named.size : (named.size ?? expected.size);
    const facts = { ...named, size };
    const sent = isRest && size !== undefined ? { ...named, size: size - start } : facts;
    const bytes = resumed(first, sent, range?.start ?? start, open, options, goOn);
    const check = (): FileCheck | undefined => (verify && !isPart ? createCheck(facts, expected) : undefined);
    const before = isRest ? resume : undefined;
    return new HubFile(facts, () => reported(bytes, facts, check(), onProgress, close, before), close);
  } catch (error) {
    const reason = whole.fail(error);
    close();
    throw reason;
  }
}

const asksForPart = ({ headers = {} }: RequestOptions): boolean =>
  Object.keys(headers).some((name) => name.toLowerCase() === "range");

/** @throws {HubError} when the server sends other bytes than requested. */
function checkRange({ request: asked }: OpenResponse, facts: FileInfo, { start, end = Infinity }: FileRange): void {
  if (facts.status !== 206) throw new HubError(`the server sends files whole, and not the bytes from ${start} on`);
  const found = startOf(facts, start);
  // Where the server does not say how long the file is, it may well end before the range does.
  const [, last = NaN, size = NaN] = /-(\d+)\/(\d+)?/.exec(facts.headers.get("content-range") ?? "") ?? [];
  const isShort = Number(last) < Math.min(end, Number(size) - 1);
  if (found !== start || isShort || found + (facts.size ?? 0) - 1 > end) {
    const sent = safeTextOf(asked).line(`${facts.headers.get("content-range")}`, 60);
    throw new HubError(`the server sent ${sent} of the file, which was not asked for`);
  }
}

/** The bytes as they pass, counted and checked. */
async function* reported(
  bytes: AsyncIterable<Bytes>,
  file: FileInfo,
  check: FileCheck | undefined,
  onProgress: DownloadOptions["onProgress"],
  close: () => void,
  before: FirstBytes | undefined,
): AsyncGenerator<Bytes, void, undefined> {
  const { size: total } = file;
  let loaded = before === undefined ? 0 : startOf(file, 0);
  try {
    // The server waits meanwhile. If it does not, the bytes go on by another connection.
    if (before !== undefined && check !== undefined) {
      for await (const chunk of before.read(loaded)) check.update(chunk);
    }
    for await (const chunk of bytes) {
      check?.update(chunk);
      loaded += chunk.byteLength;
      runCallback(onProgress, { loaded, total });
      yield chunk;
    }
  } finally {
    close();
  }
  await check?.finish();
}

/** The bytes of the first response, and when it breaks off those of others that go on where it ended. */
async function* resumed(
  first: OpenResponse,
  file: FileInfo,
  asked: number,
  open: OpenFile,
  options: RequestOptions,
  onReconnect: (opened: OpenResponse) => void,
): AsyncGenerator<Bytes, void, undefined> {
  const start = startOf(file, asked);
  const end = file.size === undefined ? undefined : start + file.size;
  let position = start;
  let skip = 0;
  let failures = 0;
  for (let opened = first; ;) {
    const before = position;
    try {
      for await (const chunk of bytesOf(opened, first.timeout)) {
        const fresh = skip === 0 ? chunk : chunk.subarray(skip);
        skip -= chunk.byteLength - fresh.byteLength;
        if (fresh.byteLength === 0) continue;
        position += fresh.byteLength;
        failures = 0;
        if (end !== undefined && position > end) throw new HubIntegrityError(`the file is longer than ${end} bytes`);
        yield fresh;
      }
      if (end === undefined || position === end) return;
      throw new HubConnectionError(`the file ended after ${position} of ${end} bytes`);
    } catch (error) {
      if (options.signal?.aborted) throw options.signal.reason;
      if (!isCut(error) || failures >= first.retries || !isNamed(file)) throw error;
    }
    failures += 1;
    // A connection that brought much is worth another one at once.
    if (position - before < substantial) await sleep(backOff(failures), options.signal);
    const rest = await openRest(file, position, end, open, options);
    if (rest === undefined) return;
    opened = rest;
    onReconnect(opened);
    skip = position - startOf(factsOf(opened), position);
  }
}

const substantial = 64 * 1024;

/** Whether the server says by what the rest of the file can be known. */
const isNamed = ({ etag, headers, commit }: FileInfo): boolean => (etag ?? headers.get("etag") ?? commit) !== undefined;

const isCut = (error: unknown): boolean => error instanceof HubConnectionError || error instanceof HubTimeoutError;

/** Asks for what is missing of a file; undefined when nothing is. */
async function openRest(
  file: FileInfo,
  position: number,
  end: number | undefined,
  open: OpenFile,
  options: RequestOptions,
): Promise<OpenResponse | undefined> {
  let opened: OpenResponse;
  try {
    const headers = { ...options.headers, ...restHeaders(file, position, end) };
    opened = await open({ ...options, headers }, file.commit);
  } catch (error) {
    if (!(error instanceof HubResponseError) || error.status !== 416) throw error;
    // A file of unknown size that has no byte at this place was complete.
    if (end === undefined) return undefined;
    throw new HubIntegrityError(`the file ended after ${position} of ${end} bytes`, { cause: error });
  }
  const found = factsOf(opened);
  if (isSameFile(found, file) && startOf(found, position) <= position) return opened;
  opened.close();
  throw new HubError(`the file changed after ${position} bytes were read; read it again from its start`);
}

/** By what the Hub calls the file, and by what the server that has the bytes does. */
function isSameFile(one: FileInfo, other: FileInfo): boolean {
  const [first, second] = [one, other].map(({ headers }) => unquoted(headers.get("etag")));
  const hasEtag = (one.etag ?? first) !== undefined;
  return one.etag === other.etag && first === second && (hasEtag || one.commit === other.commit);
}

function restHeaders({ headers, status }: FileInfo, position: number, end: number | undefined) {
  // A range counts compressed bytes, which nobody here has counted: such a file comes again from its start.
  if (headers.has("content-encoding")) return {};
  const range = `bytes=${position}-${status === 206 && end !== undefined ? end - 1 : ""}`;
  const etag = headers.get("etag");
  // A browser would have to ask the other server first whether it takes this header.
  if (etag === null || etag.startsWith("W/") || inBrowser()) return { range };
  return { range, "if-range": etag };
}
