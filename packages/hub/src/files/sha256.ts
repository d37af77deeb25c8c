import { builtinModule } from "../runtime.js";

/** A SHA-256 that takes its bytes piece by piece, which WebCrypto cannot. */
export interface Sha256 {
  update(bytes: Uint8Array): unknown;
  /** In hexadecimal; nothing can be added after. */
  digest(encoding: "hex"): string;
}

/** A hash of the runtime's own that takes its bytes piece by piece, where it has one. */
export function runtimeHash(name: "sha1" | "sha256"): Sha256 | undefined {
  const crypto = builtinModule("node:crypto") as { createHash(name: string): Sha256 } | undefined;
  return crypto?.createHash(name);
}

/** The runtime's own where it has one, which is many times as fast; else the one below. */
export const createSha256 = (): Sha256 => runtimeHash("sha256") ?? new PortableSha256();

/** The first 32 bits of the fractions of the square, or cube, roots of the first primes: FIPS 180-4, sections 4 and 5. */
function fractionsOfRoots(count: number, power: number): Int32Array {
  const words = new Int32Array(count);
  for (let candidate = 2, found = 0; found < count; candidate += 1) {
    if (isPrime(candidate)) words[found++] = (candidate ** power % 1) * 2 ** 32;
  }
  return words;
}

function isPrime(candidate: number): boolean {
  for (let divisor = 2; divisor * divisor <= candidate; divisor += 1) if (candidate % divisor === 0) return false;
  return true;
}

let roundConstants: Int32Array | undefined;

const rotate = (word: number, by: number): number => (word >>> by) | (word << (32 - by));

/** For browsers and Workers. The names are those of FIPS 180-4. */
export class PortableSha256 implements Sha256 {
  readonly #k = (roundConstants ??= fractionsOfRoots(64, 1 / 3));
  readonly #hash = fractionsOfRoots(8, 1 / 2);
  readonly #block = new Uint8Array(64);
  readonly #view = new DataView(this.#block.buffer);
  readonly #schedule = new Int32Array(64);
  #size = 0;

  update(bytes: Uint8Array): void {
    for (let at = 0; at < bytes.length;) {
      const filled = this.#size % 64;
      const piece = bytes.subarray(at, at + 64 - filled);
      this.#block.set(piece, filled);
      this.#size += piece.length;
      at += piece.length;
      if (this.#size % 64 === 0) this.#compress();
    }
  }

  digest(): string {
    const bits = this.#size * 8;
    const padding = new Uint8Array(64 - ((this.#size + 8) % 64) + 8);
    padding[0] = 0x80;
    const view = new DataView(padding.buffer);
    view.setUint32(padding.length - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(padding.length - 4, bits);
    this.update(padding);
    return Array.from(this.#hash, (word) => (word >>> 0).toString(16).padStart(8, "0")).join("");
  }

  #compress(): void {
    const w = this.#schedule;
    const k = this.#k;
    for (let t = 0; t < 16; t += 1) w[t] = this.#view.getInt32(t * 4);
    for (let t = 16; t < 64; t += 1) {
      const x = w[t - 15] ?? 0;
      const y = w[t - 2] ?? 0;
      const sigma0 = rotate(x, 7) ^ rotate(x, 18) ^ (x >>> 3);
      const sigma1 = rotate(y, 17) ^ rotate(y, 19) ^ (y >>> 10);
      w[t] = sigma0 + sigma1 + (w[t - 7] ?? 0) + (w[t - 16] ?? 0);
    }
    const start = this.#hash;
    let { 0: a = 0, 1: b = 0, 2: c = 0, 3: d = 0, 4: e = 0, 5: f = 0, 6: g = 0, 7: h = 0 } = start;
    for (let t = 0; t < 64; t += 1) {
      const sum1 = rotate(e, 6) ^ rotate(e, 11) ^ rotate(e, 25);
      const t1 = (h + sum1 + ((e & f) ^ (~e & g)) + (k[t] ?? 0) + (w[t] ?? 0)) | 0;
      const sum0 = rotate(a, 2) ^ rotate(a, 13) ^ rotate(a, 22);
      const t2 = sum0 + ((a & b) ^ (a & c) ^ (b & c));
      h = g;
      g = f;
      f = e;
      e = (d + t1) | 0;
      d = c;
      c = b;
      b = a;
      a = (t1 + t2) | 0;
    }
    const end = [a, b, c, d, e, f, g, h];
    for (let word = 0; word < 8; word += 1) start[word] = (start[word] ?? 0) + (end[word] ?? 0);
  }
}
