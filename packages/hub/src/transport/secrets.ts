import { secretsOf } from "./redact.js";
import { SafeText } from "./safe-text.js";

const remembered = 32;

/** The latest tokens that a client has sent. A server may repeat them, as they are or encoded; an error must not. */
export class Secrets {
  #latest: string | undefined;
  readonly #patterns = new Map<string, RegExp | undefined>();

  add(token: string): void {
    if (token === this.#latest) return;
    this.#latest = token;
    const pattern = this.#patterns.get(token);
    this.#patterns.delete(token);
    this.#patterns.set(token, pattern);
    const [oldest = token] = this.#patterns.keys();
    if (this.#patterns.size > remembered) this.#patterns.delete(oldest);
  }

  /** Makes safe what a server says; its words may also repeat the secrets of the URL that was requested. */
  safeText(url: string = ""): SafeText {
    const patterns = Array.from(secretsOf(url), spellings);
    // One token may begin with another.
    for (const [token, known] of [...this.#patterns].sort(([one], [other]) => other.length - one.length)) {
      const pattern = known ?? spellings(token);
      this.#patterns.set(token, pattern);
      patterns.push(pattern);
    }
    return new SafeText(patterns);
  }
}

/** Matches a secret as it is, percent-encoded, escaped as in JSON, in hexadecimal, and in base64. */
function spellings(secret: string): RegExp {
  const codes = Array.from(secret, (character) => character.charCodeAt(0));
  const plain = codes.map((code) => {
    const character = String.fromCharCode(code);
    const itself = /\w/.test(character) ? character : `\\\\*\\${character}`;
    const hex = digits(code);
    return `(?:${itself}|%(?:25)*${hex}|\\\\+(?:u00|x)${hex})`;
  });
  const forms = [plain.join("")];
  // A shorter one would match by chance.
  if (codes.length > 5) {
    forms.push(codes.map(digits).join(""));
    for (const before of [0, 1, 2]) {
      // What precedes it in the encoded text shifts its bits. Characters that it shares with others are left out.
      const encoded = btoa("\0".repeat(before) + secret);
      const own = encoded.slice(Math.ceil((before * 8) / 6), Math.floor(((before + codes.length) * 8) / 6));
      forms.push(own.replace(/[+/]/g, (sign) => (sign === "+" ? "(?:[-+]|%2[bB])" : "(?:\\\\?[/_]|%2[fF])")));
    }
  }
  return new RegExp(forms.join("|"), "g");
}

/** A byte in hexadecimal, in capitals or not. */
const digits = (code: number): string =>
  code
    .toString(16)
    .padStart(2, "0")
    .replace(/[a-f]/g, (digit) => `[${digit}${digit.toUpperCase()}]`);
