import type { MockHub } from "../src/index.js";

export interface Result {
  status: number;
  headers: Headers;
  /** The decoded JSON, or the text. */
  body: unknown;
}

/** Calls a hub without following redirects. A string body is sent as it is, anything else as JSON. */
export type Api = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Result>;

export function apiOf(hub: MockHub, token?: string): Api {
  return async (method, path, body, headers = {}) => {
    const response = await hub.fetch(new URL(path, hub.url), {
      method,
      redirect: "manual",
      headers: { ...(token && { authorization: `Bearer ${token}` }), "content-type": "application/json", ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    const isJson = text !== "" && response.headers.get("content-type")?.includes("json");
    return { status: response.status, headers: response.headers, body: isJson ? (JSON.parse(text) as unknown) : text };
  };
}

/** The address in `Link: <…>; rel="next"`. */
export function nextOf({ headers }: Result): string | undefined {
  return /<(.+)>; rel="next"/.exec(headers.get("link") ?? "")?.[1];
}

/** The values of one property in a list. */
export function pluck(body: unknown, name: string): unknown[] {
  return (body as Record<string, unknown>[]).map((item) => item[name]);
}

/** For what the test knows to be there. */
export function present<T>(value: T | null | undefined): T {
  if (value === null || value === undefined) throw new Error("Expected a value");
  return value;
}

/** JSON, one value a line. */
export function ndjson(...values: unknown[]): string {
  return values.map((value) => JSON.stringify(value)).join("\n");
}

export async function sha256(bytes: Uint8Array<ArrayBuffer>): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", bytes));
  return Array.from(hash, (byte) => byte.toString(16).padStart(2, "0")).join("");
}

/** Bytes that differ from place to place, so that a mix-up of parts shows. */
export function someBytes(size: number, start = 0): Uint8Array<ArrayBuffer> {
  return Uint8Array.from({ length: size }, (_, index) => Math.imul(start + index + 1, 0x9e3779b1) >>> 24);
}
