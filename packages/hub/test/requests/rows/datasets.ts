import type { Row } from "../row.js";
import { gatedRepoRows } from "./gated-repo-namespace.js";
import { repoRows } from "./repo-namespace.js";

export const rows: Row[] = [
  ...repoRows("datasets", "Dataset"),
  ...gatedRepoRows("datasets", "Dataset"),
  {
    method: "datasets.list",
    operation: "listDatasets",
    call: (hub) => hub.datasets.list({ filter: ["language:fr"], limit: 10 }).toArray(),
    request: "GET /api/datasets?filter=language%3Afr&limit=10",
  },
  {
    method: "datasets.get",
    operation: "getDataset",
    call: (hub) => hub.datasets.get({ repo: "rajpurkar/squad", expand: ["citation", "usedStorage"] }),
    request: "GET /api/datasets/rajpurkar/squad?expand=citation&expand=usedStorage",
  },
  {
    method: "datasets.get",
    operation: "getDatasetRevision",
    call: (hub) => hub.datasets.get({ repo: "ns/repo", revision: "refs/convert/parquet", blobs: true }),
    request: "GET /api/datasets/ns/repo/revision/refs%2Fconvert%2Fparquet?blobs=true",
  },
  {
    method: "datasets.get",
    operation: "getLegacyDataset",
    call: (hub) => hub.datasets.get({ repo: "squad" }),
    request: "GET /api/datasets/squad",
  },
  {
    method: "datasets.get",
    operation: "getLegacyDatasetRevision",
    call: (hub) => hub.datasets.get({ repo: "squad", revision: "main" }),
    request: "GET /api/datasets/squad/revision/main",
  },
  {
    method: "datasets.getTags",
    operation: "getDatasetTagsByType",
    call: (hub) => hub.datasets.getTags(),
    request: "GET /api/datasets-tags-by-type",
  },
  {
    method: "datasets.list",
    operation: "listDatasets",
    call: (hub) =>
      hub.datasets.list({ expand: ["mainSize", "trendingScore"], sort: "trendingScore", limit: 1 }).toArray(),
    request: "GET /api/datasets?expand=mainSize&expand=trendingScore&sort=trendingScore&limit=1",
  },
  {
    method: "datasets.getParquetFiles",
    operation: "getDatasetParquetFiles",
    call: (hub) => hub.datasets.getParquetFiles({ repo: "ns/ds" }),
    request: "GET /api/datasets/ns/ds/parquet",
  },
  {
    method: "datasets.getParquetSubset",
    operation: "getDatasetSubsetParquetFiles",
    call: (hub) => hub.datasets.getParquetSubset({ repo: "ns/ds", subset: "default" }),
    request: "GET /api/datasets/ns/ds/parquet/default",
  },
  {
    method: "datasets.getParquetSplit",
    operation: "listDatasetSplitParquetFiles",
    call: (hub) => hub.datasets.getParquetSplit({ repo: "ns/ds", subset: "en/us", split: "train" }),
    request: "GET /api/datasets/ns/ds/parquet/en%2Fus/train",
  },
  {
    method: "datasets.downloadParquetFile",
    operation: "resolveDatasetParquetFile",
    call: async (hub) => {
      const file = await hub.datasets.downloadParquetFile({ repo: "ns/ds", subset: "default", split: "train", n: 0 });
      return file.bytes();
    },
    request: "GET /api/datasets/ns/ds/parquet/default/train/0.parquet",
  },
  {
    method: "datasets.getCroissant",
    operation: "getDatasetCroissant",
    call: (hub) => hub.datasets.getCroissant({ repo: "ns/ds" }),
    request: "GET /api/datasets/ns/ds/croissant",
  },
  {
    method: "datasets.getLeaderboard",
    operation: "listDatasetLeaderboard",
    call: (hub) => hub.datasets.getLeaderboard({ repo: "ns/ds", task_id: "gsm8k", base_model: false }),
    request: "GET /api/datasets/ns/ds/leaderboard?task_id=gsm8k&base_model=false",
    response: { body: [] },
  },
];
