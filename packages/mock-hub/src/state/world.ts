import { Random } from "../random.js";
import { Accounts } from "./accounts.js";
import type { Bucket } from "./bucket.js";
import type { Collection } from "./collection.js";
import type { Commit, CommitDraft } from "./git.js";
import type { Hardware } from "./hardware.js";
import type { Job, ScheduledJob } from "./job.js";
import { OAuth, type OAuthOptions } from "./oauth.js";
import type { Paper } from "./paper.js";
import type { Post } from "./post.js";
import type { Kind, Repo } from "./repo.js";
import { RepoStore } from "./repo-store.js";
import { Storage, type StorageOptions } from "./storage.js";
import type { Webhook } from "./webhook.js";

export interface WorldOptions {
  lfs?: StorageOptions;
  oauth?: OAuthOptions;
  jobDuration?: number;
}

/** Everything the Hub knows. Routes read and change it; what one call changes, the next one shows. */
export class World {
  readonly seed: number;
  readonly now: () => number;
  /** For ids of what is made while the Hub runs. */
  readonly random: Random;
  readonly accounts: Accounts = new Accounts();
  readonly repos: Readonly<Record<Kind, RepoStore>> = {
    models: new RepoStore(),
    datasets: new RepoStore(),
    spaces: new RepoStore(),
    kernels: new RepoStore(),
  };
  /** By their ids in lower case. */
  readonly buckets: Map<string, Bucket> = new Map();
  readonly papers: Map<string, Paper> = new Map();
  readonly posts: Post[] = [];
  readonly collections: Collection[] = [];
  readonly jobs: Job[] = [];
  readonly scheduledJobs: ScheduledJob[] = [];
  /** What jobs and Spaces may run on, with prices. */
  readonly hardware: { readonly jobs: Hardware[]; readonly spaces: Hardware[] } = { jobs: [], spaces: [] };
  /** By the name of their owner. */
  readonly webhooks: Map<string, Webhook[]> = new Map();
  readonly storage: Storage;
  readonly oauth: OAuth;
  /** From the creation of a job to its end, in milliseconds. */
  readonly jobDuration: number;

  constructor(seed: number, now: () => number, { lfs = {}, oauth = {}, jobDuration = 1000 }: WorldOptions = {}) {
    this.seed = seed;
    this.now = now;
    this.jobDuration = jobDuration;
    this.random = new Random(`${seed}/run`);
    this.storage = new Storage(lfs, this.randomFor("uploads"));
    this.oauth = new OAuth(oauth, this.accounts, this.randomFor("oauth"), now);
  }

  /** A generator that belongs to one subject, so that it gives the same whenever it is asked. */
  randomFor(subject: string): Random {
    return new Random(`${this.seed}/${subject}`);
  }

  /** Adds a commit, and keeps the lists that are sorted by date right. */
  commit(repo: Repo, ref: string, draft: CommitDraft): Commit {
    const commit = repo.git.commit(ref, draft);
    if (ref === "refs/heads/main") this.repos[repo.kind].change(repo, (record) => (record.lastModified = draft.date));
    return commit;
  }

  /** Likes a repository in the name of a user, as people do on its page: the Hub refuses this to tokens. */
  like(user: string, id: string, kind: Kind = "models"): void {
    this.#setLiked(user, id, kind, true);
  }

  unlike(user: string, id: string, kind: Kind = "models"): void {
    this.#setLiked(user, id, kind, false);
  }

  #setLiked(user: string, id: string, kind: Kind, liked: boolean): void {
    const name = this.accounts.user(user)?.name;
    const repo = this.repos[kind].find(id);
    if (name === undefined) throw new Error(`There is no user "${user}"`);
    if (repo === undefined) throw new Error(`There is no "${id}" among the ${kind}`);
    if (repo.likers.has(name) === liked) return;
    if (liked) repo.likers.set(name, this.now());
    else repo.likers.delete(name);
    this.repos[kind].change(repo, (record) => (record.likes += liked ? 1 : -1));
  }

  objectId(): string {
    return this.random.hex(24);
  }
}

export function isoDate(time: number): string {
  return new Date(time).toISOString();
}
