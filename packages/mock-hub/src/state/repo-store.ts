import type { Repo } from "./repo.js";

type SortValue = number | string;
export type Position = readonly [value: SortValue, id: string];

export const sortKeys = ["trendingScore", "likes", "likes30d", "downloads", "lastModified", "createdAt", "id"] as const;
export type SortKey = (typeof sortKeys)[number];

const sortValues: Record<SortKey, (repo: Repo) => SortValue> = {
  trendingScore: (repo) => repo.record.trendingScore,
  likes: (repo) => repo.record.likes,
  likes30d: (repo) => Math.ceil(repo.record.likes / 12),
  downloads: (repo) => repo.record.downloads,
  lastModified: (repo) => repo.record.lastModified,
  createdAt: (repo) => repo.record.createdAt,
  id: (repo) => repo.id.toLowerCase(),
};

/**
 * All repositories of one kind. Each sort order is built when first asked for and then kept in step by binary search:
 * a page costs what it shows, whether there are three hundred repositories or a hundred thousand.
 */
export class RepoStore {
  readonly #byId = new Map<string, Repo>();
  /** Former and short ids that redirect. */
  readonly #aliases = new Map<string, Repo>();
  readonly #orders = new Map<SortKey, Repo[]>();

  get size(): number {
    return this.#byId.size;
  }

  [Symbol.iterator](): IterableIterator<Repo> {
    return this.#byId.values();
  }

  /** Takes any letter case; compare with `repo.id` to know whether the caller's was right. */
  find(id: string): Repo | undefined {
    return this.#byId.get(id.toLowerCase());
  }

  /** Also follows former and short ids. */
  findMoved(id: string): Repo | undefined {
    return this.find(id) ?? this.#aliases.get(id.toLowerCase());
  }

  add(repo: Repo): void {
    this.#byId.set(repo.id.toLowerCase(), repo);
    this.#aliases.delete(repo.id.toLowerCase());
    for (const [key, order] of this.#orders) order.splice(lowerBound(order, key, positionOf(repo, key)), 0, repo);
  }

  remove(repo: Repo): void {
    this.#byId.delete(repo.id.toLowerCase());
    for (const [alias, target] of this.#aliases) if (target === repo) this.#aliases.delete(alias);
    this.#unlist(repo);
  }

  alias(id: string, repo: Repo): void {
    this.#aliases.set(id.toLowerCase(), repo);
  }

  /** Every change of a sorted property or of the name goes through here. */
  change(repo: Repo, apply: (record: Repo["record"]) => void): void {
    const formerId = repo.id;
    this.#unlist(repo);
    this.#byId.delete(formerId.toLowerCase());
    apply(repo.record);
    this.add(repo);
    if (repo.id.toLowerCase() !== formerId.toLowerCase()) this.alias(formerId, repo);
  }

  /** Walks one order, from behind `after` if given. */
  *scan(key: SortKey, direction: 1 | -1, after?: Position): Generator<Repo> {
    const order = this.#order(key);
    let index = direction === 1 ? 0 : order.length - 1;
    if (after) {
      const found = lowerBound(order, key, after);
      const here = order[found];
      const isHere = here !== undefined && compare(positionOf(here, key), after) === 0;
      index = direction === 1 ? found + (isHere ? 1 : 0) : found - 1;
    }
    for (let repo = order[index]; repo; repo = order[(index += direction)]) yield repo;
  }

  #order(key: SortKey): Repo[] {
    let order = this.#orders.get(key);
    if (!order) {
      order = [...this.#byId.values()].sort((a, b) => compare(positionOf(a, key), positionOf(b, key)));
      this.#orders.set(key, order);
    }
    return order;
  }

  #unlist(repo: Repo): void {
    for (const [key, order] of this.#orders) order.splice(lowerBound(order, key, positionOf(repo, key)), 1);
  }
}

export function positionOf(repo: Repo, key: SortKey): Position {
  return [sortValues[key](repo), repo.record._id];
}

function compare(a: Position, b: Position): number {
  if (a[0] !== b[0]) return a[0] < b[0] ? -1 : 1;
  return a[1] === b[1] ? 0 : a[1] < b[1] ? -1 : 1;
}

function lowerBound(order: readonly Repo[], key: SortKey, position: Position): number {
  let low = 0;
  let high = order.length;
  while (low < high) {
    const middle = (low + high) >>> 1;
    const repo = order[middle];
    if (repo && compare(positionOf(repo, key), position) < 0) low = middle + 1;
    else high = middle;
  }
  return low;
}
