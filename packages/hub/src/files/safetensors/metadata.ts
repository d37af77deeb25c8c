import { inParallel } from "../../async/in-parallel.js";
import { HubIntegrityError, HubResponseError } from "../../errors.js";
import type { RequestOptions } from "../../options.js";
import type { HubFile } from "../download/hub-file.js";
import type { DownloadInput, FileInput } from "../file-input.js";
import { headerSize, prefixBytes, readHeader, type SafetensorsHeader } from "./header.js";

/** Which file; the model's own when left out. */
export interface SafetensorsInput extends Omit<FileInput, "path"> {
  /**
   * A `.safetensors` file, or a `.safetensors.index.json` that names several. Default: `model.safetensors`, or else
   * `model.safetensors.index.json`.
   */
  path?: string | undefined;
}

/** The header of one file. */
export interface SafetensorsFile extends SafetensorsHeader {
  path: string;
}

/** What a model's files say of its tensors, without their bytes. */
export interface SafetensorsMetadata {
  /** Whether an index divides the tensors among several files. */
  sharded: boolean;
  /** The files, in the order of their names. */
  files: SafetensorsFile[];
  /** How many parameters there are of each type, such as `{ BF16: 8030261248 }`. */
  parameterCount: Record<string, number>;
}

type Download = (input: DownloadInput, options?: RequestOptions) => Promise<HubFile>;

const usual = "model.safetensors";
/** Most headers fit into the first request. */
const firstBytes = 100_000;
const maxIndexBytes = 20_000_000;
const atOnce = 8;

/** Reads the headers of a model's safetensors files by ranges; see `getSafetensorsMetadata` of its files. */
export async function safetensorsMetadata(
  download: Download,
  { path, ...place }: SafetensorsInput,
  options: RequestOptions = {},
): Promise<SafetensorsMetadata> {
  if (path?.endsWith(".json") === true) return await readIndex(download, { ...place, path }, options);
  try {
    return summary(false, [await readFile(download, { ...place, path: path ?? usual }, options)]);
  } catch (error) {
    const isMissing = error instanceof HubResponseError && error.code === "EntryNotFound";
    if (path !== undefined || !isMissing) throw error;
    return await readIndex(download, { ...place, path: `${usual}.index.json` }, options);
  }
}

function summary(sharded: boolean, files: SafetensorsFile[]): SafetensorsMetadata {
  const counts = new Map<string, number>();
  for (const { tensors } of files) {
    for (const { dtype, shape } of Object.values(tensors)) {
      counts.set(dtype, (counts.get(dtype) ?? 0) + shape.reduce((product, dimension) => product * dimension, 1));
    }
  }
  return { sharded, files, parameterCount: Object.fromEntries(counts) };
}

/** All files of an index are read at the commit that the index is of. */
async function readIndex(download: Download, input: FileInput, options: RequestOptions): Promise<SafetensorsMetadata> {
  const file = await download({ ...input, range: { start: 0, end: maxIndexBytes } }, options);
  const bytes = await file.bytes();
  if (bytes.byteLength > maxIndexBytes) throw noIndex(input.path, `it is larger than ${maxIndexBytes} bytes`);
  const weights = weightsOf(input.path, new TextDecoder().decode(bytes));
  const folder = input.path.slice(0, input.path.lastIndexOf("/") + 1);
  const names = [...new Set(weights.values())].sort();
  const found = new Map<string, SafetensorsFile>();
  await inParallel(names, atOnce, options.signal, async (name, signal) => {
    const shard = { ...input, ...(file.commit === undefined ? {} : { revision: file.commit }), path: folder + name };
    found.set(name, await readFile(download, shard, { ...options, signal }));
  });
  for (const [tensor, name] of weights) {
    if (!Object.hasOwn(found.get(name)?.tensors ?? {}, tensor)) {
      throw noIndex(input.path, `${name} has no tensor ${JSON.stringify(tensor.slice(0, 80))}`);
    }
  }
  return summary(
    true,
    names.flatMap((name) => found.get(name) ?? []),
  );
}

function weightsOf(path: string, text: string): Map<string, string> {
  let index: unknown;
  try {
    index = JSON.parse(text);
  } catch (cause) {
    throw noIndex(path, "it is no JSON", cause);
  }
  const weights = (index as { weight_map?: unknown } | null)?.weight_map;
  if (typeof weights !== "object" || weights === null) throw noIndex(path, "it has no weight_map");
  const entries = Object.entries(weights);
  const strange = entries.find(([, name]) => typeof name !== "string" || !/^[^/\\]+\.safetensors$/.test(name));
  if (strange !== undefined) {
    throw noIndex(path, `weight_map names ${JSON.stringify(strange[1])?.slice(0, 80)}, which is no file beside it`);
  }
  return new Map(entries as [string, string][]);
}

const noIndex = (path: string, why: string, cause?: unknown): HubIntegrityError =>
  new HubIntegrityError(`${path} is not a valid safetensors index: ${why}`, { cause });

async function readFile(download: Download, input: FileInput, options: RequestOptions): Promise<SafetensorsFile> {
  const read = async (start: number, end: number, revision = input.revision): Promise<[HubFile, Uint8Array]> => {
    const file = await download({ ...input, revision, range: { start, end } }, options);
    return [file, await file.bytes()];
  };
  const [file, first] = await read(0, firstBytes - 1);
  const size = headerSize(input.path, first);
  const total = totalOf(file);
  if (total !== undefined && prefixBytes + size > total) {
    throw new HubIntegrityError(`${input.path} has no valid safetensors header: it claims ${size} bytes of ${total}`);
  }
  const had = first.subarray(prefixBytes, prefixBytes + size);
  const rest = had.byteLength === size ? undefined : await read(first.byteLength, prefixBytes + size - 1, file.commit);
  const text = new TextDecoder().decode(rest === undefined ? had : joined(had, rest[1]));
  const dataBytes = total === undefined ? undefined : total - prefixBytes - size;
  return { path: input.path, ...readHeader(input.path, text, dataBytes) };
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const all = new Uint8Array(one.byteLength + other.byteLength);
  all.set(one);
  all.set(other, one.byteLength);
  return all;
}

/** Of the whole file, which a part names behind its place. */
function totalOf({ status, headers, size }: HubFile): number | undefined {
  if (status !== 206) return size;
  const total = /\/(\d+)$/.exec(headers.get("content-range") ?? "")?.[1];
  return total === undefined ? undefined : Number(total);
}
