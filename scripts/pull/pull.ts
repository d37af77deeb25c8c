import { readFile } from "node:fs/promises";
import { PipelineError } from "../cli/pipeline-error.js";
import { readJsonText } from "../cli/read-folder.js";

const maxBytes = 20 * 1024 * 1024;
const timeoutMs = 60_000;
const attempts = 3;

export interface PulledDocument {
  text: string;
  /** The server's mark of this version, for the next conditional request. */
  etag?: string;
}

/** Where the Hub publishes its document; a mirror is named by HF_ENDPOINT. */
export function defaultSource(environment: NodeJS.ProcessEnv): string {
  const endpoint = environment["HF_ENDPOINT"] || "https://huggingface.co";
  if (!/^https?:\/\//i.test(endpoint)) {
    throw new PipelineError(`HF_ENDPOINT is ${endpoint}, which is no address; put https:// in front of it.`);
  }
  return `${endpoint.replace(/\/+$/, "")}/.well-known/openapi.json`;
}

/** Reads the document from a URL or a file. Undefined says that the server has nothing newer than `etag`. */
export async function pull(source: string, etag?: string): Promise<PulledDocument | undefined> {
  if (/^https?:\/\//i.test(source)) return await pullUrl(source, etag);
  if (/^[a-z][a-z0-9+.-]+:\/\//i.test(source)) {
    throw new PipelineError(`Cannot read ${source}: expected an http(s) address or a file.`);
  }
  if (source.endsWith(".gz")) return { text: await readJsonText(source) };
  const bytes = await readFile(source).catch((error: NodeJS.ErrnoException) => {
    throw new PipelineError(
      `Cannot read ${source}: ${error.code === "ENOENT" ? "there is no such file" : error.message}.`,
    );
  });
  return { text: decode(bytes, source) };
}

async function pullUrl(source: string, etag: string | undefined): Promise<PulledDocument | undefined> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await pullOnce(source, etag);
    } catch (error) {
      if (error instanceof PipelineError || attempt === attempts) {
        throw error instanceof PipelineError ? error : new PipelineError(`Cannot reach ${source}: ${reasonOf(error)}.`);
      }
      await new Promise((resolve) => setTimeout(resolve, 500 * 2 ** attempt));
    }
  }
}

async function pullOnce(source: string, etag: string | undefined): Promise<PulledDocument | undefined> {
  const { hostname, protocol } = new URL(source);
  if (protocol === "http:" && !/^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)) {
    throw new PipelineError(`${source} is not encrypted; use https.`);
  }
  const response = await fetch(source, {
    headers: { accept: "application/json", ...(etag === undefined ? {} : { "if-none-match": etag }) },
    // A document from elsewhere is not the Hub's; say so instead of following.
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMs),
  });
  if (response.status === 304) return undefined;
  if (response.status >= 500 || response.status === 429) throw new Error(`it responded with ${response.status}`);
  if (!response.ok) throw new PipelineError(`${source} responded with ${response.status}; nothing was changed.`);
  const type = response.headers.get("content-type") ?? "";
  if (!/json/i.test(type)) {
    throw new PipelineError(
      `${source} responded ${type === "" ? "without a content type" : `with ${type.split(";")[0]}`}, not JSON.`,
    );
  }
  const newEtag = response.headers.get("etag");
  const text = decode(await readCapped(response, source), source);
  return { text, ...(newEtag === null ? {} : { etag: newEtag }) };
}

async function readCapped(response: Response, source: string): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.byteLength;
    if (size > maxBytes) throw tooLarge(source);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function decode(bytes: Uint8Array, source: string): string {
  if (bytes.byteLength > maxBytes) throw tooLarge(source);
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new PipelineError(`${source} is not UTF-8 text.`);
  }
}

const tooLarge = (source: string): PipelineError =>
  new PipelineError(
    `${source} is larger than ${maxBytes / 1024 / 1024} MiB, far from any OpenAPI document of the Hub.`,
  );

function reasonOf(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.name === "TimeoutError") return `no response within ${timeoutMs / 1000} s`;
  return error.cause instanceof Error ? error.cause.message : error.message;
}
