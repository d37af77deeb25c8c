import type { Discussion } from "./discussion.js";
import type { Git } from "./git.js";

export const kinds = ["models", "datasets", "spaces"] as const;
/** Kernels are repositories too, but some operations exist for the other kinds only. */
export const kindsAndKernels: readonly ["models", "datasets", "spaces", "kernels"] = [...kinds, "kernels"];
export type Kind = (typeof kindsAndKernels)[number];
export const repoTypes = ["model", "dataset", "space"] as const;
export type RepoType = (typeof repoTypes)[number] | "kernel";
export type Visibility = "public" | "private" | "protected";

export const typeOfKind: Record<Kind, RepoType> = {
  models: "model",
  datasets: "dataset",
  spaces: "space",
  kernels: "kernel",
};
export const kindOfType: Record<RepoType, Kind> = {
  model: "models",
  dataset: "datasets",
  space: "spaces",
  kernel: "kernels",
};
/** What stands before the id in the address of a repository's page. */
export const pagePrefix: Record<Kind, string> = {
  models: "",
  datasets: "datasets/",
  spaces: "spaces/",
  kernels: "kernels/",
};

export interface RepoRecord {
  readonly _id: string;
  readonly kind: Kind;
  owner: string;
  name: string;
  visibility: Visibility;
  gated: false | "auto" | "manual";
  likes: number;
  downloads: number;
  trendingScore: number;
  createdAt: number;
  lastModified: number;
  tags: string[];
  pipelineTag?: string;
  library?: string;
  sdk?: string;
  /** Who serves a model. Default nobody. */
  inferenceProviders?: InferenceProvider[];
  /** The ids that a Space uses. */
  usedModels?: string[];
  usedDatasets?: string[];
  /** The document of a resource group, when the repository is in one. */
  resourceGroupId?: string;
  settings: RepoSettings;
}

export interface InferenceProvider {
  provider: string;
  /** What the provider calls the model. */
  providerId: string;
  task: string;
  status: "live" | "staging" | "error";
}

interface RepoSettings {
  discussionsDisabled?: boolean;
  discussionsSorting?: string;
  orgMembersGated?: boolean;
  gatedNotificationsEmail?: string;
  gatedNotificationsMode?: string;
}

export const accessStatuses = ["accepted", "rejected", "pending", "reset"] as const;
export type AccessStatus = (typeof accessStatuses)[number];

export interface AccessRequest {
  readonly id: string;
  user: string;
  status: AccessStatus;
  timestamp: number;
  /** Whether the user agreed to share the e-mail address, which whoever was let in unasked did not. */
  sharesEmail: boolean;
  fields: Record<string, unknown>;
  grantedBy?: string;
  reviewedAt?: number;
}

export interface SpaceEntry {
  value: string;
  description?: string;
  updatedAt: number;
}

export interface SpaceState {
  /** A test may set it: nothing is built here. */
  stage:
    | "APP_STARTING"
    | "BUILDING"
    | "BUILD_ERROR"
    | "CONFIG_ERROR"
    | "PAUSED"
    | "RUNNING"
    | "RUNNING_BUILDING"
    | "RUNTIME_ERROR"
    | "SLEEPING"
    | "STOPPED";
  hardware: string;
  sleepTime: number | null;
  devMode: boolean;
  secrets: Map<string, SpaceEntry>;
  variables: Map<string, SpaceEntry>;
  volumes: unknown[];
}

/** Makes what a repository holds, when somebody first looks. */
export interface RepoSeeds {
  git(repo: Repo): Git;
  discussions(repo: Repo): Discussion[];
}

/** A model, dataset or Space. What only some calls need is made when first asked for. */
export class Repo {
  readonly record: RepoRecord;
  readonly #seeds: RepoSeeds;
  #git: Git | undefined;
  #discussions: Discussion[] | undefined;
  /** When users liked it, by their names, the earliest first. The seeded count has no names behind it. */
  readonly likers: Map<string, number> = new Map();
  #accessRequests: Map<string, AccessRequest> | undefined;
  #space: SpaceState | undefined;

  constructor(record: RepoRecord, seeds: RepoSeeds) {
    this.record = record;
    this.#seeds = seeds;
  }

  get id(): string {
    return `${this.record.owner}/${this.record.name}`;
  }

  get owner(): string {
    return this.record.owner;
  }

  get kind(): Kind {
    return this.record.kind;
  }

  get isPrivate(): boolean {
    return this.record.visibility === "private";
  }

  get git(): Git {
    return (this.#git ??= this.#seeds.git(this));
  }

  /** In the order of their numbers. */
  get discussions(): Discussion[] {
    return (this.#discussions ??= this.#seeds.discussions(this));
  }

  /** By the name of the user. */
  get accessRequests(): Map<string, AccessRequest> {
    return (this.#accessRequests ??= new Map());
  }

  /** What only a Space has. */
  get space(): SpaceState {
    return (this.#space ??= {
      stage: "RUNNING",
      hardware: "cpu-basic",
      sleepTime: 172_800,
      devMode: false,
      secrets: new Map(),
      variables: new Map(),
      volumes: [],
    });
  }
}
