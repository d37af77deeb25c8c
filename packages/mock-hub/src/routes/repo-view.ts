import { Random } from "../random.js";
import { parameterCount } from "../seed/safetensors.js";
import { cardData, modelConfig } from "../seed/seed-git.js";
import type { InferenceProvider, Kind, Repo } from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { spaceRuntime } from "./space-runtime.js";

type Field = (repo: Repo, world: World) => unknown;

const shared: Record<string, Field> = {
  author: (repo) => repo.owner,
  cardData: (repo) => cardData(repo),
  createdAt: (repo) => isoDate(repo.record.createdAt),
  disabled: () => false,
  gated: (repo) => repo.record.gated,
  lastModified: (repo) => isoDate(repo.record.lastModified),
  likes: (repo) => repo.record.likes,
  private: (repo) => repo.isPrivate,
  resourceGroup: (repo, world) => resourceGroupOf(repo, world),
  sha: (repo) => repo.git.head.id,
  siblings: (repo) => [...repo.git.head.files.keys()].sort().map((rfilename) => ({ rfilename })),
  tags: (repo) => repo.record.tags,
  trendingScore: (repo) => repo.record.trendingScore,
  usedStorage: (repo) => storageOf(repo),
  xetEnabled: () => false,
};

const downloadable: Record<string, Field> = {
  downloads: (repo) => repo.record.downloads,
  downloadsAllTime: (repo) => repo.record.downloads * 7,
};

/** Every property that `expand` may ask for. One that does not apply to a repository is undefined, so JSON omits it. */
const fields: Record<Kind, Record<string, Field>> = {
  models: {
    ...shared,
    ...downloadable,
    baseModels: () => undefined,
    childrenModelCount: () => ({ adapter: 0, merge: 0, quantized: 0, finetune: 0 }),
    config: (repo) => modelConfig(repo),
    evalResults: () => undefined,
    gguf: () => undefined,
    inference: (repo) => (isWarm(repo) ? "warm" : undefined),
    inferenceProviderMapping: (repo) => providersOf(repo),
    library_name: (repo) => repo.record.library,
    mask_token: (repo) => (repo.record.pipelineTag === "fill-mask" ? "[MASK]" : undefined),
    "model-index": () => null,
    pipeline_tag: (repo) => repo.record.pipelineTag,
    safetensors: (repo) => {
      const total = parametersOf(repo);
      return total === undefined ? undefined : { parameters: { F32: total }, total };
    },
    spaces: () => [],
    transformersInfo: (repo) =>
      repo.record.library === "transformers"
        ? { auto_model: "AutoModel", pipeline_tag: repo.record.pipelineTag }
        : undefined,
    widgetData: () => undefined,
  },
  datasets: {
    ...shared,
    ...downloadable,
    citation: () => null,
    description: (repo) => `A dataset of this mock Hub: ${repo.record.name}.`,
    mainSize: (repo) => storageOf(repo),
    paperswithcode_id: () => undefined,
  },
  spaces: {
    ...shared,
    datasets: (repo) => repo.record.usedDatasets,
    models: (repo) => repo.record.usedModels,
    region: () => undefined,
    runtime: (repo) => spaceRuntime(repo),
    sdk: (repo) => repo.record.sdk,
    subdomain: (repo) => subdomainOf(repo),
  },
  kernels: {
    ...Object.fromEntries(Object.entries(shared).filter(([name]) => !/^(siblings|usedStorage|xetEnabled)$/.test(name))),
    ...downloadable,
    arxivIds: () => undefined,
    buildMetadata: () => undefined,
    files: (repo) => [...repo.git.head.files.keys()].sort(),
    supportedDriverFamilies: () => undefined,
  },
};

const listFields: Record<Kind, { brief: string[]; full: string[] }> = {
  models: {
    brief: ["likes", "trendingScore", "private", "downloads", "tags", "pipeline_tag", "library_name", "createdAt"],
    full: ["author", "sha", "lastModified", "siblings", "gated"],
  },
  datasets: {
    brief:
      "author disabled gated lastModified likes trendingScore private sha description downloads tags createdAt".split(
        " ",
      ),
    full: ["cardData", "siblings"],
  },
  spaces: {
    brief: ["likes", "trendingScore", "private", "sdk", "tags", "createdAt"],
    full: ["author", "sha", "lastModified", "siblings", "cardData"],
  },
  kernels: {
    brief: ["likes", "trendingScore", "private", "downloads", "tags", "createdAt", "lastModified", "gated"],
    full: ["author", "sha", "files"],
  },
};

const infoCommon =
  "author sha lastModified private gated disabled tags likes cardData siblings createdAt usedStorage".split(" ");

const infoFields: Record<Exclude<Kind, "kernels">, string[]> = {
  models: [
    ...infoCommon,
    ..."downloads pipeline_tag library_name config transformersInfo safetensors spaces model-index mask_token inference".split(
      " ",
    ),
  ],
  datasets: [...infoCommon, "description", "downloads"],
  spaces: [...infoCommon, "sdk", "subdomain", "runtime"],
};

/** `usedStorage` and the numbers of children are told of one repository only. */
const infoOnly = new Set(["usedStorage", "childrenModelCount"]);

export function expandableInList(kind: Kind): string[] {
  return Object.keys(fields[kind]).filter((name) => !infoOnly.has(name));
}

export function expandableInInfo(kind: Kind): string[] {
  return Object.keys(fields[kind]);
}

export interface ListDetail {
  expand: string[];
  full: boolean;
  config: boolean;
  cardData: boolean;
}

export function listItem(repo: Repo, world: World, detail: ListDetail): Record<string, unknown> {
  if (detail.expand.length > 0) return view(repo, world, detail.expand);
  const { brief, full } = listFields[repo.kind];
  return {
    ...view(repo, world, [
      ...brief,
      ...(detail.full ? full : []),
      ...(detail.config ? ["config"] : []),
      ...(detail.cardData ? ["cardData"] : []),
    ]),
    ...(repo.kind === "models" && { modelId: repo.id }),
  };
}

export function repoInfo(repo: Repo, world: World, expand: string[]): Record<string, unknown> {
  if (expand.length > 0) {
    const info = view(repo, world, expand);
    if (!("inferenceProviderMapping" in info)) return info;
    // On one model the providers come as an object by name, on a list as an array.
    const byName = providersOf(repo).map(({ _id, provider, ...rest }) => [provider, rest] as const);
    return { ...info, inferenceProviderMapping: Object.fromEntries(byName) };
  }
  return {
    ...view(repo, world, repo.kind === "kernels" ? [] : infoFields[repo.kind]),
    ...(repo.kind === "models" && { modelId: repo.id }),
    ...(repo.kind === "spaces" && { host: `https://${subdomainOf(repo)}.hf.space` }),
  };
}

interface ServedModel extends InferenceProvider {
  _id: string;
  type: "single-model";
  isModelAuthor: boolean;
}

export function providersOf({ record }: Repo): ServedModel[] {
  return (record.inferenceProviders ?? []).map((served) => ({
    _id: new Random(`${record._id}/${served.provider}`).hex(24),
    ...served,
    type: "single-model",
    isModelAuthor: served.provider === record.owner,
  }));
}

/** Whether some provider serves the model now. */
export function isWarm({ record }: Repo): boolean {
  return record.inferenceProviders?.some(({ status }) => status === "live") ?? false;
}

/** How many parameters a model has, where a file of it says so. */
export function parametersOf(repo: Repo): number | undefined {
  return repo.git.head.files.has("model.safetensors") ? parameterCount : undefined;
}

function view(repo: Repo, world: World, names: readonly string[]): Record<string, unknown> {
  const result: Record<string, unknown> = { _id: repo.record._id, id: repo.id };
  for (const name of names) result[name] = fields[repo.kind][name]?.(repo, world);
  return result;
}

export function resourceGroupOf(repo: Repo, world: World): { id: string; name: string; numUsers: number } | undefined {
  const groups = world.accounts.org(repo.owner)?.resourceGroups ?? [];
  const group = groups.find(({ id }) => id === repo.record.resourceGroupId);
  return group && { id: group.id, name: group.name, numUsers: group.users.size };
}

/** The bytes of the files that the main branch holds. */
export function storageOf(repo: Repo): number {
  let total = 0;
  for (const { content } of repo.git.head.files.values()) total += content.size;
  return total;
}

function subdomainOf(repo: Repo): string {
  return repo.id.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
