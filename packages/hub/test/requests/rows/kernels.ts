import type { OperationId } from "@hf-api/raw/operations";
import type { Row } from "../row.js";
import { duplicateXetRow, revisionFilesRows } from "./repo-files.js";

const id = (name: string): OperationId => name.replace("Repo", "Kernel") as OperationId;

export const rows: Row[] = [
  duplicateXetRow("kernels", id),
  ...revisionFilesRows("kernels", id),
  {
    method: "kernels.list",
    operation: "listKernels",
    call: (hub) =>
      hub.kernels
        .list({ author: ["kernels-community", "ns"], filter: "cuda", sort: "downloads", limit: 2000 })
        .toArray(),
    request: "GET /api/kernels?author=kernels-community&author=ns&filter=cuda&sort=downloads&limit=1000",
  },
  {
    method: "kernels.list",
    operation: "listKernels",
    call: (hub) => hub.kernels.list().toArray(),
    request: "GET /api/kernels",
  },
  {
    method: "kernels.get",
    operation: "getKernel",
    call: (hub) => hub.kernels.get({ repo: "ns/kern" }),
    request: "GET /api/kernels/ns/kern",
  },
  {
    method: "kernels.get",
    operation: "getKernelRevision",
    call: (hub) => hub.kernels.get({ repo: "ns/kern", revision: "main" }),
    request: "GET /api/kernels/ns/kern/revision/main",
  },
];
