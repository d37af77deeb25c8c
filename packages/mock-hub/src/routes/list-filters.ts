import type { Call } from "../http/call.js";
import { choice, invalid } from "../http/fields.js";
import type { Kind, Repo } from "../state/repo.js";
import { isWarm, parametersOf } from "./repo-view.js";

type Test = (repo: Repo) => boolean;

/** What a repository of the list has to satisfy: every filter of the request, and that the caller may see it. */
export function listFilter(call: Call, kind: Kind): Test {
  const tests = [
    ...commonTests(call),
    ...(kind === "models" ? modelTests(call) : kind === "spaces" ? spaceTests(call) : []),
  ];
  return (repo) => tests.every((test) => test(repo)) && call.canRead(repo);
}

function commonTests(call: Call): Test[] {
  const authors = call.list("author").map((author) => author.toLowerCase());
  const searches = call.query.getAll("search").map((search) => search.toLowerCase());
  const tags = call.list("filter");
  return [
    (repo) => authors.length === 0 || authors.includes(repo.owner.toLowerCase()),
    (repo) => searches.every((search) => repo.id.toLowerCase().includes(search)),
    ({ record }) => tags.every((tag) => record.tags.includes(tag)),
    ...when(
      call.query.get("gated"),
      () =>
        ({ record }) =>
          call.flag("gated") === (record.gated !== false),
    ),
  ];
}

function modelTests(call: Call): Test[] {
  const { query } = call;
  const providers = wordsOf(call, "inference_provider");
  const apps = wordsOf(call, "apps");
  return [
    ...when(
      query.get("pipeline_tag"),
      (task) =>
        ({ record }) =>
          record.tags.includes(task),
    ),
    ...when(query.get("inference"), (state) => {
      choice(state, "inference", ["warm"]);
      return isWarm;
    }),
    ...(providers.length > 0 ? [isServedBy(providers)] : []),
    ...(apps.length > 0
      ? [({ record }: Repo) => apps.some((app) => formatsOf(app).some((tag) => record.tags.includes(tag)))]
      : []),
    ...when(query.get("num_parameters"), (range) => hasParameters(range)),
  ];
}

function spaceTests(call: Call): Test[] {
  const models = call.list("models");
  const datasets = call.list("datasets");
  const uses = (used: readonly string[] = [], wanted: readonly string[]): boolean =>
    wanted.length === 0 || wanted.some((id) => used.includes(id));
  return [
    ({ record }) => uses(record.usedModels, models) && uses(record.usedDatasets, datasets),
    ...(call.flag("linked") ? [({ record }: Repo) => (record.usedModels ?? record.usedDatasets) !== undefined] : []),
  ];
}

function when<T>(value: T | null, make: (value: T) => Test): Test[] {
  return value === null ? [] : [make(value)];
}

/** Clients repeat the parameter, or join its values by commas. */
function wordsOf(call: Call, name: string): string[] {
  return call
    .list(name)
    .flatMap((value) => value.split(","))
    .filter((word) => word !== "");
}

/** `all` stands for any provider. */
function isServedBy(providers: readonly string[]): Test {
  return ({ record: { inferenceProviders = [] } }) =>
    inferenceProviders.some(({ provider }) => providers.includes("all") || providers.includes(provider));
}

const formats: Readonly<Record<string, readonly string[]>> = {
  "mlx-lm": ["mlx"],
  vllm: ["transformers"],
  sglang: ["transformers"],
  tgi: ["transformers"],
  drawthings: ["diffusers"],
  diffusionbee: ["diffusers"],
  lmstudio: ["gguf", "mlx"],
};

/** What a local app runs, as tags of models. Most run GGUF. */
function formatsOf(app: string): readonly string[] {
  return formats[app] ?? ["gguf"];
}

const multiples: Readonly<Record<string, number>> = { "": 1, K: 1e3, M: 1e6, B: 1e9, T: 1e12 };

/** Reads `min:6B,max:128B`, of which either may be missing. */
function hasParameters(range: string): Test {
  const bounds = { min: 0, max: Infinity };
  for (const part of range.split(",")) {
    const [, name, number, unit = ""] = /^(min|max):(\d+(?:\.\d+)?)([KMBT]?)$/i.exec(part.trim()) ?? [];
    if (name === undefined) throw invalid(`Invalid range: "${range}"`, "num_parameters");
    bounds[name.toLowerCase() === "min" ? "min" : "max"] = Number(number) * (multiples[unit.toUpperCase()] ?? 1);
  }
  return (repo) => {
    const count = parametersOf(repo);
    return count !== undefined && count >= bounds.min && count <= bounds.max;
  };
}
