export interface Paper {
  /** On arXiv. */
  readonly id: string;
  readonly _id: string;
  readonly title: string;
  readonly summary: string;
  readonly authors: readonly { _id: string; name: string; hidden: boolean }[];
  readonly publishedAt: number;
  readonly upvotes: number;
  /** Who put it among the daily papers. Default `ada`. */
  readonly submitter?: string;
}
