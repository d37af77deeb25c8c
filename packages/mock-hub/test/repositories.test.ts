import { beforeEach, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, pluck, present } from "./api.js";

let hub: MockHub;
let ada: Api;
let anonymous: Api;

beforeEach(() => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  anonymous = apiOf(hub);
});

describe.each([
  ["model", "models", ""],
  ["dataset", "datasets", "datasets/"],
  ["space", "spaces", "spaces/"],
])("a %s", (type, kind, prefix) => {
  const fresh = { type, name: "fresh", organization: "acme-research", sdk: "gradio" };

  it("is there once it is created, and only once", async () => {
    const created = await ada("POST", "/api/repos/create", fresh);
    const url = `${hub.url}/${prefix}acme-research/fresh`;
    expect(created).toMatchObject({ status: 200, body: { url, name: "acme-research/fresh" } });
    expect(await ada("GET", `/api/${kind}/acme-research/fresh`)).toMatchObject({
      status: 200,
      body: { author: "acme-research" },
    });
    expect(await ada("POST", "/api/repos/create", fresh)).toMatchObject({ status: 409, body: { url } });
  });

  it("answers under its former name after a move", async () => {
    await ada("POST", "/api/repos/create", fresh);
    const move = { type, fromRepo: "acme-research/fresh", toRepo: "ada/moved" };
    expect((await ada("POST", "/api/repos/move", move)).status).toBe(200);
    const former = await ada("GET", `/api/${kind}/acme-research/fresh/refs?include_prs=1`);
    expect(former.status).toBe(307);
    expect(former.headers.get("location")).toBe(`/api/${kind}/ada/moved/refs?include_prs=1`);
    expect((await ada("GET", `/api/${kind}/ada/moved`)).status).toBe(200);
  });

  it("is duplicated with its commits and tags, and changes apart from its copy", async () => {
    await ada("POST", "/api/repos/create", { ...fresh, private: true });
    const place = `/api/${kind}/acme-research/fresh`;
    await ada("POST", `${place}/tag/main`, { tag: "v1" });
    const copied = await ada("POST", `${place}/duplicate`, { repository: "ada/copy" });
    expect(copied).toMatchObject({ status: 200, body: { url: `${hub.url}/${prefix}ada/copy` } });
    const refs = (await ada("GET", `/api/${kind}/ada/copy/refs`)).body;
    expect(refs).toEqual((await ada("GET", `${place}/refs`)).body);
    expect(await ada("GET", `/api/${kind}/ada/copy`)).toMatchObject({ body: { private: true } });
    await ada("DELETE", `${place}/tag/v1`);
    expect((await ada("GET", `/api/${kind}/ada/copy/refs`)).body).toEqual(refs);
    expect((await ada("POST", `${place}/duplicate`, { repository: "ada/copy" })).status).toBe(409);
  });

  it("moves only to a name that it may have, in the owner's own letter case", async () => {
    await ada("POST", "/api/repos/create", fresh);
    const move = (toRepo: string) => ada("POST", "/api/repos/move", { type, fromRepo: "acme-research/fresh", toRepo });
    expect((await move("ada/a--b")).status).toBe(400);
    expect((await move("ADA/moved")).status).toBe(200);
    expect((await ada("GET", `/api/${kind}/ada/moved`)).body).toMatchObject({ id: "ada/moved" });
  });

  it("is hidden from others once private", async () => {
    await ada("POST", "/api/repos/create", fresh);
    const settings = await ada("PUT", `/api/${kind}/acme-research/fresh/settings`, { visibility: "private" });
    expect(settings.body).toEqual({ visibility: "private" });
    expect((await anonymous("GET", `/api/${kind}/acme-research/fresh`)).status).toBe(401);
    expect((await ada("GET", `/api/${kind}/acme-research/fresh`)).body).toMatchObject({ private: true });
  });

  it("is gone once it is deleted", async () => {
    await ada("POST", "/api/repos/create", fresh);
    expect(await ada("DELETE", "/api/repos/delete", fresh)).toMatchObject({ status: 200, body: "OK" });
    const gone = await ada("GET", `/api/${kind}/acme-research/fresh`);
    expect(gone.status).toBe(404);
    expect(gone.headers.get("x-error-code")).toBe("RepoNotFound");
    expect((await ada("DELETE", "/api/repos/delete", fresh)).status).toBe(404);
  });

  it("joins a resource group and leaves it", async () => {
    await ada("POST", "/api/repos/create", fresh);
    const path = `/api/${kind}/acme-research/fresh/resource-group`;
    const [group] = (await ada("GET", "/api/organizations/acme-research/resource-groups")).body as { id: string }[];
    expect((await ada("GET", path)).status).toBe(404);
    await ada("POST", path, { resourceGroupId: group?.id });
    expect((await ada("GET", path)).body).toMatchObject({ id: group?.id, name: "vision" });
    await ada("POST", path, { resourceGroupId: null });
    expect((await ada("GET", path)).status).toBe(404);
  });
});

describe("the README.md of a new repository", () => {
  const readme = async (fields: object, path: string) => {
    await ada("POST", "/api/repos/create", { name: "my-first_one", ...fields });
    const response = await hub.fetch(`${hub.url}/${path}ada/my-first_one/resolve/main/README.md`);
    return response.status === 200 ? response.text() : response.status;
  };

  it("names the license that was given", async () => {
    expect(await readme({ license: "mit" }, "")).toBe("---\nlicense: mit\n---\n");
    expect(await readme({ type: "dataset", license: "odbl" }, "datasets/")).toBe("---\nlicense: odbl\n---\n");
    const { body } = await ada("GET", "/api/models/ada/my-first_one");
    expect(body).toMatchObject({ tags: ["license:mit"], cardData: { license: "mit" } });
  });

  it("configures a Space", async () => {
    const card = await readme({ type: "space", sdk: "docker", license: "mit" }, "spaces/");
    expect(card).toMatch(/^---\ntitle: My First One\n(.+\n)*sdk: docker\n(.+\n)*license: mit\n---\n/);
  });

  it("is the caller's own where there is one, and is not there without a license", async () => {
    const files = [{ path: "README.md", content: "mine" }];
    expect(await readme({ license: "mit", files }, "")).toBe("mine");
    expect(await readme({ type: "dataset" }, "datasets/")).toBe(404);
  });
});

it("redirects short and wrongly written ids, relatively and with the query", async () => {
  for (const id of ["gpt2", "OpenAI-Community/GPT2", "openai-community/gpt2-old-name"]) {
    const answer = await anonymous("GET", `/api/models/${id}/tree/main?recursive=true`);
    expect([answer.status, answer.headers.get("location")]).toEqual([
      307,
      "/api/models/openai-community/gpt2/tree/main?recursive=true",
    ]);
    expect(answer.body).toMatch(/^Temporary Redirect\. Redirecting to \/api\/models\//);
  }
  const page = await anonymous("GET", "/gpt2/resolve/main/README.md");
  expect(page.headers.get("location")).toBe("/openai-community/gpt2/resolve/main/README.md");
});

it("takes every form of a revision", async () => {
  const { body } = await anonymous("GET", "/api/datasets/rajpurkar/squad/revision/HEAD");
  const { sha } = body as { sha: string };
  for (const revision of ["main", "refs%2Fheads%2Fmain", "v1.0", sha, sha.slice(0, 8)]) {
    expect((await anonymous("GET", `/api/datasets/rajpurkar/squad/revision/${revision}`)).body).toMatchObject({ sha });
  }
  const parquet = await anonymous("GET", "/api/datasets/rajpurkar/squad/revision/refs%2Fconvert%2Fparquet");
  expect(pluck((parquet.body as { siblings: unknown }).siblings, "rfilename")).toEqual(["default/train/0000.parquet"]);
  const unknown = await anonymous("GET", "/api/datasets/rajpurkar/squad/revision/nope");
  expect([unknown.status, unknown.headers.get("x-error-code")]).toEqual([404, "RevisionNotFound"]);
  expect(unknown.body).toEqual({ error: "Invalid rev id: nope" });
});

describe("who may do what", () => {
  it("does not tell strangers whether a repository exists", async () => {
    const secret = present([...hub.state.repos.models].find((repo) => repo.isPrivate));
    const answers = await Promise.all(
      [secret.id, "ada/no-such-model", "no-such-model"].map((id) => anonymous("GET", `/api/models/${id}`)),
    );
    for (const { status, headers, body } of answers) {
      expect([status, body]).toEqual([401, { error: "Invalid username or password." }]);
      expect(headers.get("x-error-code")).toBeNull();
      expect(headers.get("www-authenticate")).toMatch(/^Bearer /);
    }
  });

  it("refuses an unknown token everywhere", async () => {
    const stranger = apiOf(hub, "hf_unknown");
    for (const path of ["/api/models", "/api/whoami-v2", "/api/models/openai-community/gpt2"]) {
      expect(await stranger("GET", path)).toMatchObject({
        status: 401,
        body: { error: "Invalid credentials in Authorization header" },
      });
    }
  });

  it("lets a token that reads only read", async () => {
    const reader = apiOf(hub, hub.tokens.read);
    expect((await reader("POST", "/api/repos/create", { name: "x" })).status).toBe(403);
    expect((await reader("GET", "/api/whoami-v2")).body).toMatchObject({
      name: "ada",
      auth: { accessToken: { role: "read" } },
    });
  });

  it.each([
    ["tiny-labs", 403],
    ["open-weights", 403],
    ["northwind-ai", 200],
  ])("creates in %s as the role there allows", async (organization, status) => {
    expect((await ada("POST", "/api/repos/create", { name: "x", organization })).status).toBe(status);
  });
});

it.each([["a--b"], ["a..b"], ["x.git"], ["has space"], [""], ["y".repeat(97)]])("refuses the name %j", async (name) => {
  expect((await ada("POST", "/api/repos/create", { name })).status).toBe(400);
});
