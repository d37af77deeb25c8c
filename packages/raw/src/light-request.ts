/**
 * What openapi-fetch needs of a `Request`, without being one: fetch would build a second `Request` from the first, which
 * is a good part of what a call costs. A fetch function unpacks it: `fetch(request.url, request.init)`.
 */
export class LightRequest {
  readonly url: string;
  readonly init: RequestInit;

  constructor(url: string, init: RequestInit) {
    this.url = url;
    this.init = init;
  }

  get method(): string {
    return this.init.method ?? "GET";
  }

  get headers(): Headers {
    // openapi-fetch has merged all headers into one such object already.
    return this.init.headers instanceof Headers
      ? this.init.headers
      : (this.init.headers = new Headers(this.init.headers));
  }

  /** A middleware may return a real `Request` in the place of this one. */
  static [Symbol.hasInstance](value: unknown): boolean {
    return value instanceof Request || (typeof value === "object" && value !== null && "init" in value);
  }
}
