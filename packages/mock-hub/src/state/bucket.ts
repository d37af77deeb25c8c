import { Content } from "./content.js";

export interface BucketFile {
  readonly content: Content;
  readonly uploadedAt: number;
  readonly contentType?: string;
}

/** Storage without commits and revisions: what is put at a path replaces what was there. */
export class Bucket {
  readonly _id: string;
  owner: string;
  name: string;
  readonly createdAt: number;
  updatedAt: number;
  isPrivate: boolean;
  /** Where copies of its files are kept. */
  cdnRegions: unknown[] = [];
  /** By their paths. */
  readonly files: Map<string, BucketFile> = new Map();

  constructor({
    _id,
    owner,
    name,
    createdAt,
    isPrivate,
  }: Omit<Bucket, "id" | "files" | "updatedAt" | "cdnRegions" | "put" | "size">) {
    this._id = _id;
    this.owner = owner;
    this.name = name;
    this.createdAt = createdAt;
    this.updatedAt = createdAt;
    this.isPrivate = isPrivate;
  }

  get id(): string {
    return `${this.owner}/${this.name}`;
  }

  /** The bytes of all files together. */
  get size(): number {
    let total = 0;
    for (const { content } of this.files.values()) total += content.size;
    return total;
  }

  put(path: string, content: Content | Uint8Array | string, uploadedAt: number, contentType?: string): void {
    const stored =
      content instanceof Content
        ? content
        : typeof content === "string"
          ? Content.ofText(content)
          : Content.of(content);
    this.files.set(path, { content: stored, uploadedAt, ...(contentType !== undefined && { contentType }) });
    this.updatedAt = uploadedAt;
  }
}
