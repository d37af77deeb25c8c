import type { Row } from "../row.js";

// More than an address should hold.
const long = Array.from({ length: 100 }, (_, index) => `models/some-organisation/some-model-${index}`);

export const rows: Row[] = [
  {
    method: "search.getTrending",
    operation: "listTrendingRepos",
    call: (hub) => hub.search.getTrending({ type: "dataset", limit: 20 }),
    request: "GET /api/trending?type=dataset&limit=20",
    response: { body: { recentlyTrending: [] } },
  },
  {
    method: "search.quick",
    operation: "quickSearch",
    call: (hub) => hub.search.quick({ q: "bert", type: ["model", "user"], exclude: ["models/ns/a"], limit: 5 }),
    request: "GET /api/quicksearch?q=bert&type=model&type=user&exclude=models%2Fns%2Fa&limit=5",
  },
  {
    method: "search.quick",
    operation: "quickSearchByPost",
    call: (hub) => hub.search.quick({ q: "bert", exclude: long }),
    request: "POST /api/quicksearch",
    body: { q: "bert", exclude: long },
  },
  {
    method: "search.quick",
    operation: "quickSearchByPost",
    call: (hub) => hub.search.quick({ q: "b".repeat(2000) }),
    request: "POST /api/quicksearch",
    body: { q: "b".repeat(2000), exclude: [] },
  },
];
