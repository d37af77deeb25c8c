import { HubIntegrityError } from "../../errors.js";

/** One tensor of a file. */
export interface SafetensorsTensor {
  /** Such as `F32`, `BF16` or `F8_E4M3`. */
  dtype: string;
  shape: number[];
  /** Where its bytes begin and end, counted from the end of the header. */
  data_offsets: [start: number, end: number];
}

/** What the header of a file says. */
export interface SafetensorsHeader {
  /** What the file's author noted, such as `format`. */
  metadata: Record<string, string>;
  tensors: Record<string, SafetensorsTensor>;
}

/** The format's own limit for a header, in bytes. */
const maxHeaderBytes = 100_000_000;

/** The size of the header, in front of it. */
export const prefixBytes = 8;

/** Bits of an element, which all types but one have in their names: `BF16`, `F8_E4M3`. */
function bitsOf(dtype: string): number | undefined {
  const size = dtype === "BOOL" ? 8 : Number(/^(?:B?F|[IUC])(\d+)/.exec(dtype)?.[1]);
  return size > 0 ? size : undefined;
}

/** How many bytes the header takes, by the first eight bytes of a file. */
export function headerSize(path: string, start: Uint8Array): number {
  if (start.byteLength < prefixBytes) return refuse(path, `the file has ${start.byteLength} bytes`);
  const size = new DataView(start.buffer, start.byteOffset).getBigUint64(0, true);
  if (size > maxHeaderBytes) return refuse(path, `it claims ${size} bytes; the format allows ${maxHeaderBytes}`);
  return Number(size);
}

/** Reads a header, and checks what programs rely on: each tensor has its own bytes, as many as its shape needs. */
export function readHeader(path: string, text: string, dataBytes: number | undefined): SafetensorsHeader {
  const parsed = parse(path, text);
  const { __metadata__: noted = {}, ...entries } = parsed;
  if (!isRecord(noted)) return refuse(path, "__metadata__ is no object");
  const metadata: [string, string][] = [];
  for (const [name, value] of Object.entries(noted)) {
    if (typeof value !== "string") return refuse(path, `__metadata__.${shown(name)} is no text`);
    metadata.push([name, value]);
  }
  const tensors = Object.entries(entries).map(([name, value]): [string, SafetensorsTensor] => [
    name,
    tensorOf(path, name, value),
  ]);
  checkPlaces(path, tensors, dataBytes);
  // Names come from the file: `__proto__` is one as any other.
  return { metadata: Object.fromEntries(metadata), tensors: Object.fromEntries(tensors) };
}

function parse(path: string, text: string): Record<string, unknown> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new HubIntegrityError(`${path} has no safetensors header: it is no JSON`, { cause });
  }
  return isRecord(value) ? value : refuse(path, "it is no object");
}

function tensorOf(path: string, name: string, value: unknown): SafetensorsTensor {
  const wrong = (what: string): never => refuse(path, `the tensor ${shown(name)} ${what}`);
  if (!isRecord(value)) return wrong("is no object");
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || dtype === "") return wrong("has no dtype");
  if (!Array.isArray(shape) || !shape.every(isCount)) return wrong("has no shape");
  if (!isPair(offsets) || offsets[0] > offsets[1]) return wrong("has no data_offsets");
  const size = bitsOf(dtype);
  const elements = shape.reduce((product, dimension) => product * dimension, 1);
  if (!Number.isSafeInteger(elements)) return wrong("has more elements than can be counted");
  const bytes = offsets[1] - offsets[0];
  if (size !== undefined && Math.ceil((elements * size) / 8) !== bytes) {
    return wrong(`has ${bytes} bytes, which its shape of ${elements} ${dtype} does not fit`);
  }
  return { dtype, shape, data_offsets: offsets };
}

function checkPlaces(
  path: string,
  tensors: readonly [string, SafetensorsTensor][],
  dataBytes: number | undefined,
): void {
  let end = 0;
  const byPlace = tensors.toSorted(
    ([, a], [, b]) => a.data_offsets[0] - b.data_offsets[0] || a.data_offsets[1] - b.data_offsets[1],
  );
  for (const [name, tensor] of byPlace) {
    const [from, to] = tensor.data_offsets;
    if (from < end) refuse(path, `the tensor ${shown(name)} overlaps the one before it`);
    end = to;
  }
  if (dataBytes !== undefined && end > dataBytes) {
    refuse(path, `its tensors end at byte ${end} of ${dataBytes}`);
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
const isCount = (value: unknown): value is number => Number.isSafeInteger(value) && Number(value) >= 0;
const isPair = (value: unknown): value is [number, number] =>
  Array.isArray(value) && value.length === 2 && value.every(isCount);

const shown = (name: string): string => JSON.stringify(name.slice(0, 80));

function refuse(path: string, why: string): never {
  throw new HubIntegrityError(`${path} has no valid safetensors header: ${why}`);
}
