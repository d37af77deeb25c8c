/** What a user says to everybody. */
export interface Post {
  /** Digits, which with the author's name are its address. */
  readonly slug: string;
  readonly author: string;
  readonly text: string;
  readonly publishedAt: number;
  readonly numComments: number;
  readonly impressions: number;
  /** Who reacted how. */
  readonly reactions: ReadonlyMap<string, readonly string[]>;
}
