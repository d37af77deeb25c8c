import { Random } from "../random.js";
import { Accounts } from "./accounts.js";
import type { Bucket } from "./bucket.js";
import type { Collection } from "./collection.js";
import type { Commit, CommitDraft } from "./git.js";
import type { Job, ScheduledJob } from "./job.js";
import type { Paper } from "./paper.js";
import type { Kind, Repo } from "./repo.js";
import { RepoStore } from "./repo-store.js";
import { Storage, type StorageOptions } from "./storage.js";
import type { Webhook } from "./webhook.js";

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
  };
  /** By their ids in lower case. */
  readonly buckets: Map<string, Bucket> = new Map();
  readonly papers: Map<string, Paper> = new Map();
  readonly collections: Collection[] = [];
  readonly jobs: Job[] = [];
  readonly scheduledJobs: ScheduledJob[] = [];
  /** By the name of their owner. */
  readonly webhooks: Map<string, Webhook[]> = new Map();
  readonly storage: Storage;

  constructor(seed: number, now: () => number, storage: StorageOptions = {}) {
    this.seed = seed;
    this.now = now;
    this.random = new Random(`${seed}/run`);
    this.storage = new Storage(storage, this.randomFor("uploads"));
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

  objectId(): string {
    return this.random.hex(24);
  }
}

export function isoDate(time: number): string {
  return new Date(time).toISOString();
}
