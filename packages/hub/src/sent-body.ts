/** A body that is too large to hold: written anew for each attempt. */
export class StreamedBody {
  /** In bytes. */
  readonly size: number;
  readonly stream: () => ReadableStream<Uint8Array>;

  constructor(size: number, stream: () => ReadableStream<Uint8Array>) {
    this.size = size;
    this.stream = stream;
  }
}

/** Nobody could send a stream a second time. */
export const isReadOnce = (body: unknown): boolean => body instanceof ReadableStream;

const slowest = 128;

/** What a body adds to the time limit of an attempt, in milliseconds: it may take a second for each 128 KiB. */
export function timeToSend(body: unknown): number {
  if (typeof body === "string") return Math.ceil(body.length / slowest);
  return body instanceof StreamedBody || body instanceof Blob ? Math.ceil(body.size / slowest) : 0;
}

interface Runtime {
  process?: { versions?: { node?: string } };
  navigator?: { userAgent?: string };
}

/**
 * How to send what should not lie in memory as a whole: Node copies a body in case a redirect asks for it again, unless
 * it is told that a redirect is an error. Workers know no such option.
 */
export function unbuffered(): RequestInit {
  const { process, navigator } = globalThis as Runtime;
  const isNode = process?.versions?.node !== undefined && navigator?.userAgent !== "Cloudflare-Workers";
  return isNode ? { redirect: "error", window: null } : { redirect: "manual" };
}
