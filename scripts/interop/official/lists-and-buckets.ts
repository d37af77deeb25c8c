import * as official from "@huggingface/hub";
import { rejects } from "../matches.js";
import type { Row } from "../rows.js";
import {
  bucket,
  checkpoints,
  collect,
  dataset,
  id,
  make,
  model,
  namespace,
  oid,
  repo,
  some,
  takesNoXet,
  type Context,
} from "./context.js";

/** All that the package may ask for and the Hub's API page names. */
const fields = {
  model: official.MODEL_EXPANDABLE_KEYS.filter(isAdditional),
  dataset: official.DATASET_EXPANDABLE_KEYS.filter(isAdditional),
  space: official.SPACE_EXPANDABLE_KEYS.filter(isAdditional),
};

/** The fields that it asks for anyway are not additional ones for its types. */
type Always = (typeof official)[`${"MODEL" | "DATASET" | "SPACE"}_EXPAND_KEYS`][number];

function isAdditional<Key extends string>(key: Key): key is Exclude<Key, "gitalyUid" | Always> {
  const always: readonly string[] = [
    ...official.MODEL_EXPAND_KEYS,
    ...official.DATASET_EXPAND_KEYS,
    ...official.SPACE_EXPAND_KEYS,
  ];
  return key !== "gitalyUid" && !always.includes(key);
}

/** What is told of repositories and listed of them, collections, and copies to buckets. */
export const listsAndBuckets: readonly Row<Context>[] = [
  {
    call: "modelInfo",
    run: (c) => official.modelInfo({ ...c, name: model }),
    expect: { name: model, task: "text-generation" },
  },
  {
    call: "modelInfo with all fields",
    run: (c) => official.modelInfo({ ...c, name: model, additionalFields: fields.model }),
    expect: { name: model, author: "openai-community", sha: oid, tags: some },
  },
  {
    call: "modelInfo with the field gitalyUid",
    run: (c) => official.modelInfo({ ...c, name: model, additionalFields: ["gitalyUid"] }),
    expect: { name: model },
    differs: {
      whose: "stranger",
      because: "it offers a field that the Hub's API page does not name, and that Python's client no longer mentions",
      expect: rejects({ statusCode: 400 }),
    },
  },
  {
    call: "datasetInfo",
    run: (c) => official.datasetInfo({ ...c, name: dataset.name }),
    expect: { name: dataset.name },
  },
  {
    call: "datasetInfo with all fields",
    run: (c) =>
      official.datasetInfo({
        ...c,
        name: dataset.name,
        additionalFields: fields.dataset,
      }),
    expect: { name: dataset.name, author: "rajpurkar", tags: some },
  },
  {
    call: "spaceInfo",
    run: (c) => official.spaceInfo({ ...c, name: "ada/demo" }),
    expect: { name: "ada/demo", sdk: "static" },
  },
  {
    call: "spaceInfo with all fields",
    run: (c) =>
      official.spaceInfo({
        ...c,
        name: "ada/demo",
        additionalFields: fields.space,
      }),
    expect: { name: "ada/demo", author: "ada", subdomain: "ada-demo" },
  },
  {
    call: "listModels",
    run: async (c) => (await collect(official.listModels({ ...c, limit: 7 }))).length,
    expect: 7,
  },
  {
    call: "listModels by owner, task and tag, with all fields",
    run: (c) =>
      collect(
        official.listModels({
          ...c,
          search: { owner: "openai-community", task: "text-generation", query: "gpt2" },
          sort: "downloads",
          additionalFields: fields.model,
        }),
      ),
    expect: (models: unknown) => some(models) && JSON.stringify(models).includes(model),
  },
  {
    call: "listDatasets",
    run: async (c) =>
      (await collect(official.listDatasets({ ...c, search: { owner: "rajpurkar" } }))).map(({ name }) => name),
    expect: (names: unknown) => Array.isArray(names) && names.includes(dataset.name),
  },
  {
    call: "listSpaces",
    run: (c) =>
      collect(official.listSpaces({ ...c, search: { owner: "ada", query: "demo" }, additionalFields: ["subdomain"] })),
    expect: [{ name: "ada/demo", subdomain: "ada-demo" }],
  },

  {
    call: "createCollection",
    run: (c) =>
      make(
        c.made,
        "collection",
        "slug",
        official.createCollection({
          ...c,
          collection: { title: "Ours", namespace, description: "Mine", private: false },
        }),
      ),
    expect: { slug: /^ada\/ours-[0-9a-f]{24}$/ },
  },
  {
    call: "listCollections",
    run: (c) =>
      collect(official.listCollections({ ...c, search: { owner: ["ada"], q: "Ours" }, sort: "lastModified" })),
    expect: (all: unknown) => some(all) && JSON.stringify(all).includes("ada/ours-"),
  },
  {
    call: "deleteCollection",
    run: (c) => official.deleteCollection({ ...c, slug: id(c, "collection") }),
    expect: undefined,
  },

  {
    call: "copyFile",
    run: (c) =>
      official.copyFile({
        ...c,
        source: { repo: checkpoints, path: "run-1/step-100/state.json" },
        destination: { repo: bucket, path: "state.json" },
      }),
    expect: undefined,
  },
  {
    call: "copyFileIter of a small file",
    run: (c) =>
      collect(
        official.copyFileIter({
          ...c,
          source: { repo, path: "hello.txt" },
          destination: { repo: bucket, path: "hello.txt" },
        }),
      ),
    expect: [{ event: "fileDownloaded", path: "hello.txt" }],
    differs: { ...takesNoXet, expect: rejects({ message: /URL/ }) },
  },
  {
    call: "copyFiles",
    run: (c) =>
      official.copyFiles({
        ...c,
        destination: bucket,
        files: [{ source: { repo: checkpoints, path: "run-1/step-200/state.json" }, destinationPath: "200.json" }],
      }),
    expect: undefined,
  },
  {
    call: "copyFilesIter of a large file",
    run: (c) =>
      collect(
        official.copyFilesIter({
          ...c,
          destination: bucket,
          files: [{ source: { repo, path: "data/large.bin" }, destinationPath: "large.bin" }],
        }),
      ),
    expect: [],
    differs: {
      whose: "mock",
      because: "it has no Xet hashes of files in repositories",
      expect: rejects({ message: /not been migrated to xet/ }),
    },
  },
  {
    call: "copyFolder",
    run: (c) =>
      official.copyFolder({
        ...c,
        source: { repo: checkpoints, path: "run-1" },
        destination: { repo: bucket, path: "run" },
      }),
    expect: undefined,
  },
  {
    call: "copyFolderIter",
    run: (c) =>
      collect(
        official.copyFolderIter({ ...c, source: { repo: checkpoints }, destination: { repo: bucket, path: "all" } }),
      ),
    expect: [],
  },
  {
    call: "listFiles of what was copied",
    run: async (c) => (await collect(official.listFiles({ ...c, repo: bucket, recursive: true }))).length,
    // Two files alone, the four of a folder, and the whole bucket, whose README was deleted above.
    expect: 10,
  },
];
