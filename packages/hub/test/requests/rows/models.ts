import type { Row } from "../row.js";
import { gatedRepoRows } from "./gated-repo-namespace.js";
import { repoRows } from "./repo-namespace.js";

export const rows: Row[] = [
  ...repoRows("models", "Model"),
  ...gatedRepoRows("models", "Model"),
  {
    method: "models.files.getSafetensorsMetadata",
    operation: "resolveModelFile",
    call: (hub) => hub.models.files.getSafetensorsMetadata({ repo: "ns/repo", revision: "v1" }),
    request: "GET /ns/repo/resolve/v1/model.safetensors",
    response: { status: 206, headers: { "content-range": "bytes 0-9/10" }, body: "\u0002\0\0\0\0\0\0\0{}" },
  },
  {
    method: "models.list",
    operation: "listModels",
    call: (hub) => hub.models.list({ filter: ["text-classification"], limit: 5 }).toArray(),
    request: "GET /api/models?filter=text-classification&limit=5",
  },
  {
    method: "models.list",
    operation: "listModels",
    call: (hub) =>
      hub.models.list({ filter: ["license:mit", "dataset:common_voice", "dataset:squad"], limit: 3 }).toArray(),
    request: "GET /api/models?filter=license%3Amit&filter=dataset%3Acommon_voice&filter=dataset%3Asquad&limit=3",
  },
  {
    method: "models.list",
    operation: "listModels",
    call: (hub) => hub.models.list({ search: "modèle 测试 & a+b/c=d?#%", limit: 1 }).toArray(),
    request: "GET /api/models?search=mod%C3%A8le%20%E6%B5%8B%E8%AF%95%20%26%20a%2Bb%2Fc%3Dd%3F%23%25&limit=1",
  },
  {
    method: "models.list",
    operation: "listModels",
    call: (hub) => hub.models.list({ limit: 2500 }).toArray(),
    request: "GET /api/models?limit=1000",
  },
  {
    method: "models.get",
    operation: "getModel",
    call: (hub) => hub.models.get({ repo: "openai-community/gpt2" }),
    request: "GET /api/models/openai-community/gpt2",
  },
  {
    method: "models.get",
    operation: "getModelRevision",
    call: (hub) => hub.models.get({ repo: "ns/repo", revision: "refs/pr/1" }),
    request: "GET /api/models/ns/repo/revision/refs%2Fpr%2F1",
  },
  {
    method: "models.get",
    operation: "getModelRevision",
    call: (hub) => hub.models.get({ repo: "ns/repo", revision: "main", securityStatus: true, blobs: true }),
    request: "GET /api/models/ns/repo/revision/main?securityStatus=true&blobs=true",
  },
  {
    method: "models.get",
    operation: "getLegacyModel",
    call: (hub) => hub.models.get({ repo: "gpt2", expand: ["sha", "downloads"] }),
    request: "GET /api/models/gpt2?expand=sha&expand=downloads",
  },
  {
    method: "models.get",
    operation: "getLegacyModelRevision",
    call: (hub) => hub.models.get({ repo: "gpt2", revision: "v1.0" }),
    request: "GET /api/models/gpt2/revision/v1.0",
  },
  {
    method: "models.getTags",
    operation: "getModelTagsByType",
    call: (hub) => hub.models.getTags({ type: "license" }),
    request: "GET /api/models-tags-by-type?type=license",
  },
  {
    method: "models.getTasks",
    operation: "getTasks",
    call: (hub) => hub.models.getTasks(),
    request: "GET /api/tasks",
  },
  {
    method: "models.getProviderModels",
    operation: "getProviderModels",
    call: (hub) => hub.models.getProviderModels({ provider: "zai-org" }),
    request: "GET /api/partners/zai-org/models",
  },
];
