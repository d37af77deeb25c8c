import type { Result, Schema } from "@hf-api/raw";
import { describe, expectTypeOf, it } from "vitest";
import type { Transport } from "../../src/transport/transport.js";

declare const transport: Transport;
const path = { namespace: "ns", repo: "repo" };

describe("a call", () => {
  it("gives what its route responds", () => {
    const response = transport.json.get("/api/models/{namespace}/{repo}", { path });
    expectTypeOf(response).resolves.toEqualTypeOf<Schema<"ModelInfo">>();
    expectTypeOf(transport.json.get("/api/jobs/hardware", {})).resolves.toEqualTypeOf<
      Result<"get", "/api/jobs/hardware">
    >();
    expectTypeOf(
      transport.empty.delete("/api/scheduled-jobs/{namespace}/{jobId}", {
        path: { namespace: "ns", jobId: "1" },
      }),
    ).resolves.toBeVoid();
    expectTypeOf(transport.text.get("/papers/{paperId}.md", { path: { paperId: "2311.12983" } })).resolves.toBeString();
  });

  it("takes only routes that exist", () => {
    // @ts-expect-error no such route
    void transport.json.get("/api/model/{namespace}/{repo}", { path });
    // @ts-expect-error a filled route is no template
    void transport.json.get("/api/models/ns/repo", {});
  });

  it("takes only verbs that the route responds to", () => {
    // @ts-expect-error reading is all that this route does
    void transport.json.patch("/api/whoami-v2", {});
    // @ts-expect-error a settings page cannot be read
    void transport.json.get("/api/models/{namespace}/{repo}/settings", { path });
    // @ts-expect-error neither can it be opened
    void transport.open("/api/models/{namespace}/{repo}/settings", { path });
  });

  it("asks for the path, whole and of the right kind", () => {
    // @ts-expect-error no path
    void transport.json.get("/api/models/{namespace}/{repo}", {});
    // @ts-expect-error half a path
    void transport.json.get("/api/models/{namespace}/{repo}", { path: { namespace: "ns" } });
    // @ts-expect-error a misspelt name
    void transport.json.get("/api/models/{namespace}/{repo}", { path: { namespace: "ns", rep: "repo" } });
    // @ts-expect-error no such right
    void transport.json.post("/api/jobs/{namespace}/auth-check/{perms}", { path: { namespace: "ns", perms: "own" } });
    // @ts-expect-error a path where the route has none
    void transport.json.get("/api/whoami-v2", { path });
  });

  it("asks for the query where a part of it is required", () => {
    void transport.json.get("/api/docs/search", { query: { q: "peft", limit: undefined } });
    // @ts-expect-error no query
    void transport.json.get("/api/docs/search", {});
    // @ts-expect-error not what is required
    void transport.json.get("/api/docs/search", { query: { limit: 3 } });
    // @ts-expect-error a misspelt name
    void transport.json.get("/api/docs/search", { query: { q: "peft", limt: 3 } });
    // @ts-expect-error a query where the route has none
    void transport.json.get("/api/docs", { query: { q: "peft" } });
  });

  it("asks for the body, whole and without misspelt keys", () => {
    void transport.json.put("/api/models/{namespace}/{repo}/settings", { path, body: { gated: "auto" } });
    // @ts-expect-error no body
    void transport.json.post("/api/jobs/{namespace}", { path: { namespace: "ns" } });
    // @ts-expect-error a misspelt part
    void transport.json.put("/api/models/{namespace}/{repo}/settings", { path, boddy: { gated: "auto" } });
    // @ts-expect-error a misspelt key
    void transport.json.put("/api/models/{namespace}/{repo}/settings", { path, body: { gatd: "auto" } });
    // @ts-expect-error a value that the key cannot have
    void transport.json.put("/api/models/{namespace}/{repo}/settings", { path, body: { gated: "automatic" } });
    // @ts-expect-error not what is required
    void transport.json.post("/api/jobs/{namespace}", { path: { namespace: "ns" }, body: { dockerImage: "python" } });
    // @ts-expect-error a body where the route takes none
    void transport.json.get("/api/docs", { body: {} });
  });

  it("takes the same options everywhere, and no others", () => {
    const { signal } = new AbortController();
    void transport.json.get("/api/docs", { signal, timeout: 1000, deadline: undefined, retries: 0, headers: {} });
    // @ts-expect-error a misspelt option
    void transport.json.get("/api/docs", { timeOut: 1000 });
  });
});
