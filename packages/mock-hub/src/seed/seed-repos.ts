import type { Random } from "../random.js";
import { kinds, Repo, type RepoRecord } from "../state/repo.js";
import type { World } from "../state/world.js";
import { seedDiscussions } from "./seed-discussions.js";
import { seedGit } from "./seed-git.js";
import * as words from "./vocabulary.js";

type SeededKind = (typeof kinds)[number];
export type RepoCounts = Record<SeededKind, number>;

// Fixed, so that the same seed gives the same dates on every day.
const present = Date.UTC(2026, 0, 15);
const day = 86_400_000;

interface Landmark {
  kind: SeededKind;
  owner: string;
  name: string;
  traits: Partial<RepoRecord>;
}

/** Well-known ids, so that the first call people try finds something. They also have a short, older id that redirects. */
const landmarks: readonly Landmark[] = [
  {
    kind: "models",
    owner: "openai-community",
    name: "gpt2",
    traits: {
      pipelineTag: "text-generation",
      library: "transformers",
      tags: ["transformers", "safetensors", "text-generation", "en", "license:mit", "region:us"],
      likes: 2900,
      downloads: 12_000_000,
    },
  },
  {
    kind: "models",
    owner: "google-bert",
    name: "bert-base-uncased",
    traits: {
      pipelineTag: "fill-mask",
      library: "transformers",
      tags: ["transformers", "safetensors", "fill-mask", "en", "license:apache-2.0", "region:us"],
      likes: 2400,
      downloads: 60_000_000,
    },
  },
  {
    kind: "datasets",
    owner: "rajpurkar",
    name: "squad",
    traits: {
      tags: ["task_categories:question-answering", "language:en", "format:parquet", "license:cc-by-4.0", "region:us"],
      likes: 300,
      downloads: 90_000,
    },
  },
];

export function seedRepos(world: World, counts: RepoCounts): void {
  const owners = [...world.accounts.orgs, ...world.accounts.users].map((account) => account.name) as [
    string,
    ...string[],
  ];
  for (const kind of kinds) {
    const store = world.repos[kind];
    for (const landmark of landmarks) {
      if (landmark.kind !== kind || counts[kind] === 0) continue;
      const repo = createSeeded(world, kind, landmark.owner, landmark.name, landmark.traits);
      store.add(repo);
      store.alias(landmark.name, repo);
    }
    for (let index = store.size; index < counts[kind]; index++) {
      const random = world.randomFor(`${kind}/${index}`);
      const owner = random.pick(owners);
      const name = nameOf[kind](random);
      const isTaken = store.find(`${owner}/${name}`) !== undefined;
      store.add(createSeeded(world, kind, owner, isTaken ? `${name}-${index}` : name));
    }
  }
  const sample = world.repos.models.find("openai-community/gpt2");
  if (sample) world.repos.models.alias("openai-community/gpt2-old-name", sample);
}

const nameOf: Record<SeededKind, (random: Random) => string> = {
  models: (random) =>
    `${random.pick(words.modelNames)}-${random.pick(words.modelSizes)}${random.pick(words.modelVariants)}`,
  datasets: (random) => `${random.pick(words.datasetScopes)}-${random.pick(words.datasetTopics)}`,
  spaces: (random) => `${random.pick(words.spaceVerbs)}-${random.pick(words.modelNames)}`,
};

function createSeeded(
  world: World,
  kind: SeededKind,
  owner: string,
  name: string,
  landmark?: Partial<RepoRecord>,
): Repo {
  const random = world.randomFor(`${kind}/${owner}/${name}`);
  const createdAt = present - random.integer(30, 1000) * day;
  const record: RepoRecord = {
    _id: random.hex(24),
    kind,
    owner,
    name,
    visibility: !landmark && random.chance(0.04) ? "private" : "public",
    gated: !landmark && kind !== "spaces" && random.chance(0.06) ? random.pick(["auto", "manual"] as const) : false,
    likes: random.skewed(0, 4000),
    downloads: kind === "spaces" ? 0 : random.skewed(0, 5_000_000),
    trendingScore: random.skewed(0, 800) / 2,
    createdAt,
    lastModified: createdAt + Math.floor(random.next() * (present - createdAt)),
    settings: {},
    ...traitsOf[kind](random),
    ...landmark,
  };
  connect(record, world.randomFor(`connections/${record._id}`), landmark !== undefined);
  return new Repo(record, {
    git: (repo) => seedGit(repo, world.randomFor(`git/${record._id}`), landmark ? 60 : 3),
    discussions: (repo) => {
      const made = world.randomFor(`discussions/${record._id}`);
      return seedDiscussions(repo, made, landmark ? 120 : made.skewed(0, 12));
    },
  });
}

const providers = ["hf-inference", "together", "replicate", "novita", "fireworks-ai"] as const;

/** Who serves and runs a model, and what a Space uses. Every model that people know is served. */
function connect(record: RepoRecord, random: Random, isKnown: boolean): void {
  const { kind, owner, name, pipelineTag: task } = record;
  if (kind === "models" && task !== undefined && (isKnown || random.chance(0.3))) {
    const provider = isKnown ? providers[0] : random.pick(providers);
    const status = isKnown || random.chance(0.8) ? "live" : "staging";
    record.inferenceProviders = [{ provider, providerId: `${owner}/${name}`, task, status }];
  }
  // Weights for apps that run on this machine.
  if (kind === "models" && !isKnown && random.chance(0.15)) record.tags.push("gguf");
  if (kind !== "spaces") return;
  if (random.chance(0.4)) record.usedModels = ["openai-community/gpt2"];
  if (random.chance(0.2)) record.usedDatasets = ["rajpurkar/squad"];
}

const traitsOf: Record<SeededKind, (random: Random) => Pick<RepoRecord, "tags" | "pipelineTag" | "library" | "sdk">> = {
  models: (random) => {
    const pipelineTag = random.pick(words.tasks);
    const library = random.pick(words.libraries);
    return { pipelineTag, library, tags: [library, "safetensors", pipelineTag, ...sharedTags(random)] };
  },
  datasets: (random) => ({
    tags: [
      `task_categories:${random.pick(words.tasks)}`,
      `language:${random.pick(words.languages)}`,
      "format:parquet",
      ...sharedTags(random),
    ],
  }),
  spaces: (random) => {
    const sdk = random.pick(words.spaceSdks);
    return { sdk, tags: [sdk, ...sharedTags(random)] };
  },
};

function sharedTags(random: Random): string[] {
  return [`license:${random.pick(words.licenses)}`, random.pick(words.languages), "region:us"];
}
