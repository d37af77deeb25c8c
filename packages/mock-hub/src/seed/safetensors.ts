import { Content } from "../state/content.js";

const shapes = { "embed.weight": [512, 16], "layer.0.weight": [64, 16], "layer.0.bias": [64] } as const;

/** How many parameters each seeded model has: the files are real, so they are small. */
export const parameterCount: number = Object.values(shapes).reduce((total, shape) => total + elementsOf(shape), 0);

/** A well-formed safetensors file, for clients that read its header by range requests. */
export function safetensorsFile(mark: string): Content {
  const header: Record<string, unknown> = { __metadata__: { format: "pt", mark } };
  let offset = 0;
  for (const [name, shape] of Object.entries(shapes)) {
    const end = offset + elementsOf(shape) * 4;
    header[name] = { dtype: "F32", shape, data_offsets: [offset, end] };
    offset = end;
  }
  const json = JSON.stringify(header);
  const text = new TextEncoder().encode(json.padEnd(Math.ceil(json.length / 8) * 8));
  return new Content(8 + text.length + offset, () => {
    const bytes = new Uint8Array(8 + text.length + offset);
    new DataView(bytes.buffer).setBigUint64(0, BigInt(text.length), true);
    bytes.set(text, 8);
    return bytes;
  });
}

function elementsOf(shape: readonly number[]): number {
  return shape.reduce((product, length) => product * length, 1);
}
