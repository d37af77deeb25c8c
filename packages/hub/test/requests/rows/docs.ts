import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "docs.list",
    operation: "listDocs",
    call: (hub) => hub.docs.list(),
    request: "GET /api/docs",
    response: { body: [] },
  },
  {
    method: "docs.search",
    operation: "searchDocs",
    call: (hub) => hub.docs.search({ q: "4 bits", product: "transformers", limit: 3 }),
    request: "GET /api/docs/search?q=4%20bits&product=transformers&limit=3",
    response: { body: [] },
  },
  {
    method: "docs.searchFullText",
    operation: "searchDocsFullText",
    call: (hub) => hub.docs.searchFullText({ q: "LoRA", domain: "peft" }),
    request: "GET /api/docs/search/full-text?q=LoRA&domain=peft",
  },
];
