import { createMockHub, type OpenApiDocument } from "@hf-api/mock-hub";
import openapi from "@hf-api/raw/openapi.json" with { type: "json" };
import { beforeAll, describe, expect, it } from "vitest";
import { Hub, HubResponseError } from "../../src/index.js";
import { responseComplaints } from "../requests/document.js";
import { allRows } from "../requests/rows.js";

const mock = createMockHub({ document: openapi as unknown as OpenApiDocument });
const token = "hf_mock_rows";
let responses: Response[] = [];

/** The rows speak of `ns/repo` and the like; this world has them. */
beforeAll(async () => {
  const { accounts, papers } = mock.state;
  const userNamed = (name: string, _id: string) => ({
    type: "user" as const,
    _id,
    name,
    fullname: name,
    email: `${name}@example.com`,
    isPro: true,
    createdAt: 0,
    following: new Set<string>(),
  });
  const user = userNamed("ns", "5f0c0000000000000000c0de");
  accounts.add(user);
  accounts.add(userNamed("julien-c", "5f0c0000000000000000c0dd"));
  accounts.issueToken(token, { user, role: "write" });
  for (const name of ["org", "my-org"]) {
    accounts.add({
      type: "org",
      _id: name === "org" ? "5f0c0000000000000000c0df" : "5f0c0000000000000000c0e0",
      name,
      fullname: name,
      details: "",
      isVerified: false,
      plan: "enterprise",
      members: new Map([["ns", "admin"]]),
      resourceGroups: [],
    });
  }
  const [paper] = papers.values();
  if (paper !== undefined) papers.set("2311.12983", { ...paper, id: "2311.12983" });
  const hub = new Hub({ endpoint: mock.url, fetch: mock.fetch, token });
  await hub.repos.create({ repo: "ns/repo" });
  for (const repo of ["ns/repo", "ns/ds"]) await hub.repos.create({ repo, type: "dataset" });
  for (const repo of ["ns/repo", "ns/kern"]) await hub.repos.create({ repo, type: "kernel" });
  for (const repo of ["ns/repo", "ns/b"]) await hub.buckets.create({ repo });
  for (const type of ["model", "dataset", "model", "dataset", "model", "dataset"] as const)
    await hub.discussions.create({ repo: "ns/repo", type, title: "Why?", description: "Why?", pullRequest: true });
  for (const repo of ["ns/repo", "ns/sp", "ns/space"]) await hub.repos.create({ repo, type: "space", sdk: "docker" });
  for (const kind of ["models", "datasets", "spaces"] as const) {
    await hub[kind].commit({ repo: "ns/repo", title: "Add", operations: [{ add: "dir/x", content: "x" }] });
  }
});

const hub = new Hub({
  endpoint: mock.url,
  token,
  retries: 0,
  fetch: async (input, init) => {
    const response = await mock.fetch(input, init);
    // A stream may never end; only responses of JSON are looked at.
    if (response.headers.get("content-type")?.includes("json") === true) responses.push(response.clone());
    return response;
  },
});

describe("the request rows, run against the embedded Hub", () => {
  let successes = 0;

  it.each(allRows.map((row) => [`${row.method} → ${row.request}`, row] as const))("%s", async (_, row) => {
    responses = [];
    const refusal: unknown = await row.call(hub).then(
      () => undefined,
      (error: unknown) => error,
    );
    if (refusal === undefined) {
      successes += 1;
      const last = responses.at(-1);
      const body: unknown = last === undefined ? undefined : await last.json();
      expect(last === undefined ? [] : responseComplaints(row.operation, last.status, body)).toEqual([]);
    } else {
      // Not every row's object exists in this world; then the Hub says so, in a form that the client understands.
      expect(refusal).toBeInstanceOf(HubResponseError);
      expect((refusal as HubResponseError).status).toBeLessThan(500);
      expect((refusal as HubResponseError).serverMessage).toBeTruthy();
    }
  });

  it("responses most of them", () => {
    expect(successes / allRows.length).toBeGreaterThan(0.7);
  });
});
