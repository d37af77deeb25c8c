import type { Hub } from "../../../src/hub.js";
import type { Row } from "../row.js";

/** Filters of the three lists, one by one: what each of them puts on the wire. */
export const rows: Row[] = [
  models((hub) => hub.models.list({ limit: 1 }), "limit=1"),
  models((hub) => hub.models.list({ apps: ["ollama", "llama.cpp"], limit: 1 }), "apps=ollama&apps=llama.cpp&limit=1"),
  models((hub) => hub.models.list({ gated: false, limit: 1 }), "gated=false&limit=1"),
  models(
    (hub) => hub.models.list({ inference_provider: ["cohere", "fal-ai"], pipeline_tag: "text-to-image", limit: 1 }),
    "inference_provider=cohere%2Cfal-ai&pipeline_tag=text-to-image&limit=1",
  ),
  models((hub) => hub.models.list({ inference_provider: "novita", limit: 1 }), "inference_provider=novita&limit=1"),
  models((hub) => hub.models.list({ inference_provider: [], limit: 1 }), "limit=1"),
  models((hub) => hub.models.list({ cardData: true, limit: 1 }), "cardData=true&limit=1"),
  models(
    (hub) => hub.models.list({ expand: ["downloadsAllTime", "model-index", "gated"], limit: 1 }),
    "expand=downloadsAllTime&expand=model-index&expand=gated&limit=1",
  ),
  models((hub) => hub.models.list({ sort: "lastModified", limit: 1 }), "sort=lastModified&limit=1"),
  models((hub) => hub.models.list({ author: "x", limit: 7 }), "author=x&limit=7"),
  {
    method: "datasets.list",
    operation: "listDatasets",
    call: (hub) =>
      hub.datasets
        .list({
          filter: ["a", "language:en", "size_categories:100K<n<1M"],
          gated: false,
          sort: "trendingScore",
          limit: 1,
        })
        .toArray(),
    request:
      "GET /api/datasets?filter=a&filter=language%3Aen&filter=size_categories%3A100K%3Cn%3C1M&gated=false&sort=trendingScore&limit=1",
  },
  {
    method: "datasets.list",
    operation: "listDatasets",
    call: (hub) => hub.datasets.list({ expand: ["mainSize", "downloadsAllTime"], limit: 1 }).toArray(),
    request: "GET /api/datasets?expand=mainSize&expand=downloadsAllTime&limit=1",
  },
  {
    method: "spaces.list",
    operation: "listSpaces",
    call: (hub) => hub.spaces.list({ filter: ["gradio", "mcp-server"], limit: 7 }).toArray(),
    request: "GET /api/spaces?filter=gradio&filter=mcp-server&limit=7",
  },
];

function models(list: (hub: Hub) => { toArray: () => Promise<unknown> }, query: string): Row {
  const call = (hub: Hub): Promise<unknown> => list(hub).toArray();
  return { method: "models.list", operation: "listModels", call, request: `GET /api/models?${query}` };
}
