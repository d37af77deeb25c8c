export interface Context {
  hubUrl: string;
  accessToken: string;
  cacheDir: string;
  /** What earlier calls made. */
  made: Map<string, string>;
}

export const repo = "ada/by-the-official-client";
export const model = "openai-community/gpt2";
export const dataset = { type: "dataset", name: "rajpurkar/squad" } as const;
export const bucket = { type: "bucket", name: "acme-research/copies" } as const;
export const checkpoints = { type: "bucket", name: "acme-research/checkpoints" } as const;
export const namespace = "ada";
export const oid: RegExp = /^[0-9a-f]{40}$/;

export const some = (value: unknown): boolean => Array.isArray(value) && value.length > 0;

export async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

/** Remembers a property of what a call made, for the calls after it. */
export async function make<T extends object>(
  made: Context["made"],
  name: string,
  key: keyof T,
  call: Promise<T>,
): Promise<T> {
  const result = await call;
  made.set(name, String(result[key]));
  return result;
}

export const id = ({ made }: Context, name: string): string => made.get(name) ?? `no ${name} was made`;

/** Buckets take their files by Xet alone. */
export const takesNoXet = { whose: "mock", because: "it takes no Xet uploads, and buckets take no others" } as const;
