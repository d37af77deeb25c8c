import { createRawClient } from "@hf-api/raw";

// The same 25 calls as in hub.ts, on the wire's own terms; checked, never run.
const raw = createRawClient();
const path = { namespace: "ada", repo: "engine" };
const main = { ...path, rev: "main" };

export async function calls(): Promise<unknown[]> {
  return [
    (await raw.GET("/api/whoami-v2")).data,
    (await raw.GET("/api/models", { params: { query: { author: "ada", limit: 20 } } })).data,
    (await raw.GET("/api/models/{namespace}/{repo}/revision/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/models-tags-by-type", { params: { query: { type: "license" } } })).data,
    (await raw.GET("/api/models/{namespace}/{repo}/tree/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/models/{namespace}/{repo}/commits/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/models/{namespace}/{repo}/refs", { params: { path } })).data,
    (await raw.PUT("/api/models/{namespace}/{repo}/settings", { params: { path }, body: { private: true } })).data,
    (await raw.GET("/api/models/{namespace}/{repo}/resource-group", { params: { path } })).data,
    (await raw.GET("/api/datasets", { params: { query: { search: "weaving", limit: 20 } } })).data,
    (await raw.GET("/api/datasets/{namespace}/{repo}", { params: { path } })).data,
    (await raw.GET("/api/datasets-tags-by-type")).data,
    (
      await raw.GET("/api/datasets/{namespace}/{repo}/tree/{rev}/{path}", {
        params: { path: { ...main, path: "data" } },
      })
    ).data,
    (await raw.GET("/api/datasets/{namespace}/{repo}/commits/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/datasets/{namespace}/{repo}/refs", { params: { path } })).data,
    (
      await raw.POST("/api/datasets/{namespace}/{repo}/resource-group", {
        params: { path },
        body: { resourceGroupId: null },
      })
    ).data,
    (await raw.GET("/api/spaces", { params: { query: { author: "ada" } } })).data,
    (await raw.GET("/api/spaces/{namespace}/{repo}", { params: { path } })).data,
    (await raw.GET("/api/spaces/{namespace}/{repo}/tree/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/spaces/{namespace}/{repo}/commits/{rev}", { params: { path: main } })).data,
    (await raw.GET("/api/spaces/{namespace}/{repo}/refs", { params: { path } })).data,
    (
      await raw.PUT("/api/spaces/{namespace}/{repo}/settings", {
        params: { path },
        body: { discussionsDisabled: true },
      })
    ).data,
    (await raw.POST("/api/repos/create", { body: { type: "model", name: "engine" } })).data,
    (await raw.POST("/api/repos/move", { body: { type: "model", fromRepo: "ada/engine", toRepo: "ada/loom" } })).data,
    (await raw.DELETE("/api/repos/delete", { body: { type: "model", name: "loom" } })).data,
  ];
}
