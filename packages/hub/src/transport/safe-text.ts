import { redactUrl } from "./redact.js";

// Control characters but for tabs and line feeds, and characters that change the direction of text.
const unreadable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]+/g;

/** Makes what a server sent fit for an error: cut, redacted, and without characters that change what a reader sees. */
export class SafeText {
  readonly #secrets: readonly RegExp[];

  constructor(secrets: readonly RegExp[]) {
    this.#secrets = secrets;
  }

  text(words: string): string {
    let text = words.replace(unreadable, " ");
    for (const secret of this.#secrets) text = text.replace(secret, "***");
    return redactUrl(text);
  }

  /** On one line of limited length. */
  line(words: string, length: number = 300): string {
    const line = this.text(words).replace(/\s+/g, " ").trim();
    return line.length > length ? `${line.slice(0, length - 1).replace(/[\ud800-\udbff]$/, "")}…` : line;
  }

  /** A decoded body, with all its texts. */
  value(body: unknown, depth: number = 0): unknown {
    if (typeof body === "string") return this.text(body);
    if (typeof body !== "object" || body === null) return body;
    if (depth > 99) return "…";
    if (Array.isArray(body)) return body.map((item) => this.value(item, depth + 1));
    const fields = Object.entries(body).map(([name, value]) => [this.text(name), this.value(value, depth + 1)]);
    return Object.fromEntries(fields) as unknown;
  }

  /** The error itself, with its causes: runtimes quote what a server sent. */
  error(error: unknown): unknown {
    for (let cause = error, depth = 0; cause instanceof Error && depth < 8; cause = cause.cause, depth += 1) {
      for (const name of Object.getOwnPropertyNames(cause)) {
        const value: unknown = Reflect.get(cause, name);
        if (typeof value === "string") Reflect.set(cause, name, this.text(value));
      }
    }
    return error;
  }
}
