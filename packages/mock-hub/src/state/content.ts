/** The bytes of a file. Seeded content is made when somebody reads it, so that a large world starts at once. */
export class Content {
  readonly size: number;
  readonly #read: () => Uint8Array;
  #digests: { git: Promise<string>; sha256: Promise<string> } | undefined;

  constructor(size: number, read: () => Uint8Array) {
    this.size = size;
    this.#read = read;
  }

  static of(bytes: Uint8Array): Content {
    return new Content(bytes.length, () => bytes);
  }

  static ofText(text: string): Content {
    return Content.of(new TextEncoder().encode(text));
  }

  bytes(): Uint8Array {
    return this.#read();
  }

  /** The id that git gives a blob with these bytes. */
  get oid(): Promise<string> {
    return this.#hashed().git;
  }

  /** The id that Git LFS gives them. */
  get sha256(): Promise<string> {
    return this.#hashed().sha256;
  }

  #hashed(): { git: Promise<string>; sha256: Promise<string> } {
    if (!this.#digests) {
      const bytes = this.#read();
      this.#digests = { git: gitOid(bytes), sha256: digest("SHA-256", bytes) };
    }
    return this.#digests;
  }
}

export async function digest(algorithm: "SHA-1" | "SHA-256", bytes: Uint8Array): Promise<string> {
  const hashed = await crypto.subtle.digest(algorithm, bytes as Uint8Array<ArrayBuffer>);
  return Array.from(new Uint8Array(hashed), (byte) => byte.toString(16).padStart(2, "0")).join("");
}

function gitOid(bytes: Uint8Array): Promise<string> {
  const header = new TextEncoder().encode(`blob ${bytes.length}\0`);
  const blob = new Uint8Array(header.length + bytes.length);
  blob.set(header);
  blob.set(bytes, header.length);
  return digest("SHA-1", blob);
}
