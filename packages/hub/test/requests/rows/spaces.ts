import type { Row } from "../row.js";
import { repoRows } from "./repo-namespace.js";
import { rows as runningSpaces } from "./running-spaces.js";

export const rows: Row[] = [
  ...repoRows("spaces", "Space"),
  ...runningSpaces,
  {
    method: "spaces.list",
    operation: "listSpaces",
    call: (hub) =>
      hub.spaces
        .list({ filter: ["gradio"], datasets: ["squad"], models: ["gpt2", "bert-base-uncased"], limit: 1 })
        .toArray(),
    request: "GET /api/spaces?filter=gradio&datasets=squad&models=gpt2&models=bert-base-uncased&limit=1",
  },
  {
    method: "spaces.get",
    operation: "getSpace",
    call: (hub) => hub.spaces.get({ repo: "ns/space", expand: ["runtime", "models"] }),
    request: "GET /api/spaces/ns/space?expand=runtime&expand=models",
  },
  {
    method: "spaces.get",
    operation: "getSpaceRevision",
    call: (hub) => hub.spaces.get({ repo: "ns/space", revision: "refs/pr/7" }),
    request: "GET /api/spaces/ns/space/revision/refs%2Fpr%2F7",
  },
  {
    method: "spaces.search",
    operation: "searchSpaces",
    call: (hub) =>
      hub.spaces.search({
        q: "generate image",
        filter: ["a", "b"],
        sdk: ["gradio", "docker"],
        includeNonRunning: true,
      }),
    request:
      "GET /api/spaces/semantic-search?q=generate%20image&filter=a&filter=b&sdk=gradio&sdk=docker&includeNonRunning=true",
    response: { body: [] },
  },
  {
    method: "spaces.duplicate",
    operation: "duplicateRepo",
    call: (hub) =>
      hub.spaces.duplicate({
        repo: "ns/sp",
        to: "org/copy",
        visibility: "private",
        hardware: "t4-medium",
        secrets: [{ key: "K", value: "V" }],
      }),
    request: "POST /api/spaces/ns/sp/duplicate",
    body: {
      repository: "org/copy",
      visibility: "private",
      hardware: "t4-medium",
      secrets: [{ key: "K", value: "V" }],
    },
  },
  {
    method: "spaces.listHardware",
    operation: "listSpaceHardware",
    call: (hub) => hub.spaces.listHardware(),
    request: "GET /api/spaces/hardware",
    response: { body: [] },
  },
  {
    method: "spaces.listTemplates",
    operation: "listSpaceTemplates",
    call: (hub) => hub.spaces.listTemplates(),
    request: "GET /api/spaces/templates",
    response: { body: { templates: [] } },
  },
  {
    method: "spaces.getZeroGpuQuota",
    operation: "getZeroGpuQuota",
    call: (hub) => hub.spaces.getZeroGpuQuota(),
    request: "GET /api/spaces/zero-gpu/quota",
  },
];
