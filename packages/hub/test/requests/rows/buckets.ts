import type { OperationId } from "@hf-api/raw/operations";
import type { Row } from "../row.js";
import { duplicateXetRow } from "./repo-files.js";
import { resourceGroupRows } from "./repo-namespace.js";

const id = (name: string): OperationId => name.replace("Repo", "Bucket") as OperationId;

export const rows: Row[] = [
  ...resourceGroupRows("buckets", id),
  duplicateXetRow("buckets", id),
  {
    method: "buckets.list",
    operation: "listBuckets",
    call: (hub) => hub.buckets.list().toArray(),
    request: "GET /api/buckets/me",
  },
  {
    method: "buckets.list",
    operation: "listBuckets",
    call: (hub) => hub.buckets.list({ namespace: "org", search: "runs", limit: 5 }).toArray(),
    request: "GET /api/buckets/org?search=runs",
  },
  {
    method: "buckets.get",
    operation: "getBucket",
    call: (hub) => hub.buckets.get({ repo: "ns/b" }),
    request: "GET /api/buckets/ns/b",
  },
  {
    method: "buckets.create",
    operation: "createBucket",
    call: (hub) => hub.buckets.create({ repo: "b", private: true, region: "us" }),
    request: "POST /api/buckets/me/b",
    body: { private: true, region: "us" },
  },
  {
    method: "buckets.create",
    operation: "createBucket",
    call: (hub) => hub.buckets.create({ repo: "org/b", cdn: [{ provider: "aws", region: "eu" }] }),
    request: "POST /api/buckets/org/b",
    body: { cdn: [{ provider: "aws", region: "eu" }] },
  },
  {
    method: "buckets.updateSettings",
    operation: "updateBucketSettings",
    call: (hub) => hub.buckets.updateSettings({ repo: "ns/b", cdnRegions: [], private: true }),
    request: "PUT /api/buckets/ns/b/settings",
    body: { cdnRegions: [], private: true },
  },
  {
    method: "buckets.updateSettings",
    operation: "updateBucketSettings",
    call: (hub) => hub.buckets.updateSettings({ repo: "ns/b", private: true }),
    request: "PUT /api/buckets/ns/b/settings",
    body: { private: true },
  },
  {
    method: "buckets.delete",
    operation: "deleteBucket",
    call: (hub) => hub.buckets.delete({ repo: "ns/b" }),
    request: "DELETE /api/buckets/ns/b",
  },
  {
    method: "buckets.files.list",
    operation: "listBucketRootTree",
    call: (hub) => hub.buckets.files.list({ repo: "ns/b", sort: "uploadedAt", limit: 8000 }).toArray(),
    request: "GET /api/buckets/ns/b/tree?sort=uploadedAt&limit=5000",
  },
  {
    method: "buckets.files.list",
    operation: "listBucketTree",
    call: (hub) => hub.buckets.files.list({ repo: "ns/b", path: "dir/x y", recursive: true }).toArray(),
    request: "GET /api/buckets/ns/b/tree/dir/x%20y?recursive=true",
  },
  {
    method: "buckets.files.info",
    operation: "getBucketPathsInfo",
    call: (hub) => hub.buckets.files.info({ repo: "ns/b", paths: ["a", "b/c"] }),
    request: "POST /api/buckets/ns/b/paths-info",
    body: { paths: ["a", "b/c"] },
    response: { body: [{ type: "file", path: "a", size: 1, uploadedAt: "2026-01-31T12:00:00.000Z" }] },
  },
  {
    method: "buckets.files.exists",
    operation: "getBucketPathsInfo",
    call: (hub) => hub.buckets.files.exists({ repo: "ns/b", path: "dir/a b.txt" }),
    request: "POST /api/buckets/ns/b/paths-info",
    body: { paths: ["dir/a b.txt"] },
    response: { body: [] },
  },
  {
    method: "buckets.files.download",
    operation: "resolveBucketFile",
    call: async (hub) =>
      (await hub.buckets.files.download({ repo: "ns/b", path: "dir/a b.txt", download: true })).text(),
    request: "GET /buckets/ns/b/resolve/dir/a%20b.txt?download=true",
  },
  {
    method: "buckets.files.batch",
    operation: "batchBucketFiles",
    call: (hub) =>
      hub.buckets.files.batch({
        repo: "ns/b",
        operations: [
          { type: "addFile", path: "a", xetHash: "b".repeat(64), mtime: 1_767_225_600 },
          {
            type: "copyFile",
            path: "c",
            xetHash: "d".repeat(64),
            sourceRepoType: "dataset",
            sourceRepoId: "ns/data",
          },
          { type: "deleteFile", path: "e" },
        ],
      }),
    request: "POST /api/buckets/ns/b/batch",
    body: [
      `{"type":"addFile","path":"a","xetHash":"${"b".repeat(64)}","mtime":1767225600}`,
      `{"type":"copyFile","path":"c","xetHash":"${"d".repeat(64)}","sourceRepoType":"dataset","sourceRepoId":"ns/data"}`,
      '{"type":"deleteFile","path":"e"}',
      "",
    ].join("\n"),
  },
  {
    method: "buckets.files.getXetReadToken",
    operation: "getBucketXetReadToken",
    call: (hub) => hub.buckets.files.getXetReadToken({ repo: "ns/b" }),
    request: "GET /api/buckets/ns/b/xet-read-token",
  },
  {
    method: "buckets.files.getXetWriteToken",
    operation: "getBucketXetWriteToken",
    call: (hub) => hub.buckets.files.getXetWriteToken({ repo: "ns/b" }),
    request: "GET /api/buckets/ns/b/xet-write-token",
  },
];
