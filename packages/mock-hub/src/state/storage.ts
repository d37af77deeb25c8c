import { Random } from "../random.js";
import { Content } from "./content.js";

/** How the mock Hub keeps large files. */
export interface StorageOptions {
  /** Uploads above this size, in bytes, go in parts. Default 5,000,000,000. */
  multipartThreshold?: number;
  /** The size of each part but the last one, in bytes. Default 16,000,000. */
  chunkSize?: number;
  /** Whether the Hub's redirects to large files carry `X-Xet-Hash`. Default false, as bytes do not come from Xet here. */
  xetHash?: boolean;
  /** What the second origin tells files apart by: as usual there, something else than the SHA-256. Default `"xet"`. */
  cdnEtag?: "xet" | "sha256";
}

/** An upload in parts that has begun. */
export interface MultipartUpload {
  readonly id: string;
  /** The `_id` of the repository that the bytes are for. */
  readonly repoId: string;
  readonly sha256: string;
  readonly size: number;
  readonly chunkSize: number;
  /** What has arrived, by the number of the part; numbers begin at 1. */
  readonly parts: Map<number, { etag: string; bytes: Uint8Array }>;
}

/** What the second origin can serve, by SHA-256: uploads, and files that a redirect led to. */
export class Storage {
  readonly options: Required<StorageOptions>;
  readonly uploads: Map<string, MultipartUpload> = new Map();
  readonly #contents = new Map<string, Content>();
  /** What was uploaded to a repository, and what was deleted from it for good: its `_id` and a SHA-256. */
  readonly #uploaded = new Set<string>();
  readonly #deleted = new Set<string>();
  readonly #random: Random;

  constructor(options: StorageOptions, random: Random) {
    this.options = {
      multipartThreshold: 5_000_000_000,
      chunkSize: 16_000_000,
      xetHash: false,
      cdnEtag: "xet",
      ...options,
    };
    this.#random = random;
    for (const name of ["multipartThreshold", "chunkSize"] as const) {
      const bytes = this.options[name];
      if (!Number.isInteger(bytes) || bytes < 1) throw new RangeError(`${name} must be a positive number of bytes`);
    }
  }

  get(sha256: string): Content | undefined {
    return this.#contents.get(sha256);
  }

  has(sha256: string): boolean {
    return this.#contents.has(sha256);
  }

  set(sha256: string, content: Content): void {
    this.#contents.set(sha256, content);
  }

  contents(): Iterable<Content> {
    return this.#contents.values();
  }

  /** Keeps the bytes for one repository. Others may not use them, as they may come from a private one. */
  upload(repoId: string, sha256: string, content: Content): void {
    this.set(sha256, content);
    this.#uploaded.add(`${repoId} ${sha256}`);
    this.#deleted.delete(`${repoId} ${sha256}`);
  }

  uploadedTo(repoId: string, sha256: string): Content | undefined {
    return this.#uploaded.has(`${repoId} ${sha256}`) ? this.#contents.get(sha256) : undefined;
  }

  /** Takes the bytes from one repository, though commits of it may still name them. */
  delete(repoId: string, sha256: string): void {
    this.#uploaded.delete(`${repoId} ${sha256}`);
    this.#deleted.add(`${repoId} ${sha256}`);
  }

  isDeleted(repoId: string, sha256: string): boolean {
    return this.#deleted.has(`${repoId} ${sha256}`);
  }

  startUpload(repoId: string, sha256: string, size: number): MultipartUpload {
    const { chunkSize } = this.options;
    const upload = { id: this.#random.hex(32), repoId, sha256, size, chunkSize, parts: new Map() };
    this.uploads.set(upload.id, upload);
    return upload;
  }

  /** The strong ETag that the second origin sends with these bytes. */
  async etagOf(content: Content): Promise<string> {
    return `"${this.options.cdnEtag === "sha256" ? await content.sha256 : await xetHashOf(content)}"`;
  }
}

/** Made up, but like the real one in form, and another one for other bytes. */
export async function xetHashOf(content: Content): Promise<string> {
  return new Random(`xet/${await content.sha256}`).hex(64);
}
