import type { Row } from "../row.js";
import { repoRows } from "./repo-namespace.js";

export const rows: Row[] = [
  ...repoRows("spaces", "Space"),
  {
    method: "spaces.list",
    operation: "listSpaces",
    call: (hub) =>
      hub.spaces
        .list({ filter: ["gradio"], datasets: ["squad"], models: ["gpt2", "bert-base-uncased"], limit: 1 })
        .take(),
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
];
