import type { Row } from "../row.js";
import { repoRows } from "./repo-namespace.js";

export const rows: Row[] = [
  ...repoRows("datasets", "Dataset"),
  {
    method: "datasets.list",
    operation: "listDatasets",
    call: (hub) => hub.datasets.list({ filter: ["language:fr"], limit: 10 }).take(),
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
];
