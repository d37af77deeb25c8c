export const itemTypes = ["model", "dataset", "space", "paper", "collection", "bucket"] as const;
export type ItemType = (typeof itemTypes)[number];
export const themes = ["orange", "blue", "green", "purple", "pink", "indigo"] as const;

export interface CollectionItem {
  readonly _id: string;
  readonly type: ItemType;
  /** The id of the repository, bucket, paper or collection, which is not the id of the item. */
  readonly id: string;
  note?: string;
}

export interface Collection {
  readonly id: string;
  readonly owner: string;
  title: string;
  description?: string;
  theme: (typeof themes)[number];
  private: boolean;
  position: number;
  upvotes: number;
  lastUpdated: number;
  gating: unknown;
  resourceGroupId?: string;
  /** In the order in which they are shown. */
  items: CollectionItem[];
}

/** The title in the address, which the id makes unique. */
export function slugOf(collection: Collection): string {
  return `${shortSlugOf(collection)}-${collection.id}`;
}

/** The same without the id, as in the address that people share. */
export function shortSlugOf({ owner, title }: Collection): string {
  const words = title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
  return `${owner}/${words || "collection"}`;
}
