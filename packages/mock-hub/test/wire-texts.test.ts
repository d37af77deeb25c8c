import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson } from "./api.js";

const repo = "/api/models/ada/files";
let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "files" });
});

/** The status, code and text of a refusal, which the header repeats. */
async function refusal(...[method, path, body]: Parameters<Api>): Promise<unknown[]> {
  const answer = await ada(method, path, body);
  const { error } = answer.body as { error: string };
  expect(answer.headers.get("x-error-message")).toBe(error);
  return [answer.status, answer.headers.get("x-error-code"), error];
}

it("a repository that exists already", async () => {
  await ada("POST", "/api/repos/create", { name: "other" });
  expect(await refusal("POST", "/api/repos/create", { name: "files" })).toEqual([
    409,
    null,
    "You already created this model repo: ada/files",
  ]);
  expect(await refusal("POST", "/api/repos/move", { fromRepo: "ada/other", toRepo: "ada/files" })).toEqual([
    409,
    null,
    "A model repository called ada/files already exists",
  ]);
});

it("branches and tags that exist already, or stay", async () => {
  await ada("POST", `${repo}/branch/dev`, {});
  await ada("POST", `${repo}/tag/main`, { tag: "v1" });
  const exists = (ref: string) => [409, null, `Reference ${ref} already exists`];
  expect(await refusal("POST", `${repo}/branch/dev`, {})).toEqual(exists("refs/heads/dev"));
  expect(await refusal("POST", `${repo}/tag/main`, { tag: "v1" })).toEqual(exists("refs/tags/v1"));
  expect(await refusal("DELETE", `${repo}/branch/main`)).toEqual([403, null, "Cannot delete refs/heads/main"]);
});

it("revisions that do not exist", async () => {
  const unknown = [404, "RevisionNotFound", "Invalid rev id: none"];
  expect(await refusal("GET", `${repo}/revision/none`)).toEqual(unknown);
  expect(await refusal("GET", `${repo}/tree/none`)).toEqual(unknown);
  expect(await refusal("POST", `${repo}/branch/dev`, { startingPoint: "none" })).toEqual(unknown);
  expect(await refusal("DELETE", `${repo}/branch/none`)).toEqual(unknown);
  expect(await refusal("POST", `${repo}/super-squash/none`, {})).toEqual(unknown);
});

it("a branch that moved", async () => {
  const header = { key: "header", value: { summary: "s", parentCommit: "0".repeat(40) } };
  expect(await refusal("POST", `${repo}/commit/main`, ndjson(header))).toEqual([
    412,
    null,
    "The branch was updated since you opened this page. Please refresh and try again.",
  ]);
});

it("what only its owners may change", async () => {
  const grace = apiOf(hub, hub.tokens.other);
  expect(await grace("POST", `${repo}/tag/main`, { tag: "v1" })).toMatchObject({
    status: 403,
    body: { error: "You have read access but not the required permissions for this operation" },
  });
});

it("a text in a header is one line of ASCII", async () => {
  const { headers, body } = await ada("GET", `${repo}/revision/gr%C3%B6%C3%9Fe`);
  expect(body).toEqual({ error: "Invalid rev id: größe" });
  expect(headers.get("x-error-message")).toBe("Invalid rev id: gr**e");
  const { headers: invalid } = await ada("GET", "/api/models?limit=x");
  expect(invalid.get("x-error-message")).not.toMatch(/\n/);
});
