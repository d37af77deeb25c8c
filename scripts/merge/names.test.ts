import { describe, expect, it } from "vitest";
import { withKnownNames } from "../diff/comparable.js";
import type { Document, JsonObject } from "../document/document.js";
import { checkNames, nameOperations, provisionalId, type Names } from "./names.js";
import { PipelineError } from "../cli/pipeline-error.js";

const document = (): Document => ({
  openapi: "3.1.0",
  paths: { "/api/models": { get: { summary: "Upstream's words" }, post: {} }, "/api/jobs/{id}": { delete: {} } },
});

const names = (): Names => ({
  "/api/models": {
    get: { id: "listModels", summary: "Lists models." },
    post: { id: "createModel", summary: "Creates a model." },
  },
  "/api/jobs/{id}": { delete: { id: "deleteJob", summary: "Deletes a job." } },
});

/** The lock with one entry changed. */
const withName = (id: unknown, summary: unknown = "Fine."): Names => ({
  ...names(),
  "/api/jobs/{id}": { delete: { id, summary } as { id: string; summary: string } },
});

it("every operation gets its locked name and our summary", () => {
  const { document: named, provisional } = nameOperations(document(), names());
  expect(named.paths).toEqual({
    "/api/models": {
      get: { operationId: "listModels", summary: "Lists models." },
      post: { operationId: "createModel", summary: "Creates a model." },
    },
    "/api/jobs/{id}": { delete: { operationId: "deleteJob", summary: "Deletes a job." } },
  });
  expect(provisional).toEqual([]);
});

it("the document that was given is left alone", () => {
  const given = document();
  nameOperations(given, names());
  expect(given).toEqual(document());
});

describe("an operation that the lock does not know", () => {
  const unlocked = { "/api/models": names()["/api/models"] } as Names;

  it("gets a provisional name and is reported", () => {
    const { document: named, provisional } = nameOperations(document(), unlocked);
    expect(named.paths["/api/jobs/{id}"]?.["delete"]?.["operationId"]).toBe("deleteJobsById");
    expect(provisional).toEqual([{ label: "DELETE /api/jobs/{id}", id: "deleteJobsById" }]);
  });

  it("gets the same name whatever stands around it", () => {
    const alone: Document = { openapi: "3.1.0", paths: { "/api/jobs/{id}": { delete: {} } } };
    expect(nameOperations(alone, {}).provisional).toEqual(nameOperations(document(), unlocked).provisional);
  });

  it.each([
    ["get", "/api/models", "getModels"],
    ["get", "/api/models-tags-by-type", "getModelsTagsByType"],
    ["post", "/api/{repoType}/{namespace}/{repo}/branch/{rev}", "postByRepoTypeByNamespaceByRepoBranchByRev"],
    ["get", "/api/collections/{namespace}/{slug}-{id}", "getCollectionsByNamespaceBySlugById"],
    ["get", "/papers/{paperId}.md", "getPapersByPaperIdMd"],
    ["get", "/api/whoami-v2", "getWhoamiV2"],
  ] as const)("%s %s is called %s", (method, path, id) => {
    expect(provisionalId(method, path)).toBe(id);
    expect(provisionalId(method, path)).toMatch(/^[a-z][A-Za-z0-9]*$/);
  });
});

describe("a lock is refused", () => {
  it.each<[string, unknown, string]>([
    ["that is empty", null, "spec/names.yaml holds no names"],
    ["that is a list", [], "spec/names.yaml holds no names"],
    ["with a path that has no verbs", { "/a": null }, "needs verbs with names under /a"],
    ["with a verb that is none", { "/a": { gte: {} } }, "knows no verb gte, which stands under /a"],
    ["with a name that is a text", { "/a": { get: "listA" } }, "needs an id and a summary for GET /a"],
  ])("%s", (_, names, message) => {
    expect(() => checkNames(names)).toThrow(PipelineError);
    expect(() => checkNames(names)).toThrow(message);
    expect(() => nameOperations(document(), names as Names)).toThrow(message);
    expect(() => withKnownNames(document(), names as Names)).toThrow(message);
  });
});

describe("two operations at one address", () => {
  const at = (one: JsonObject, other: JsonObject): Document => ({
    openapi: "3.1.0",
    paths: { "/users/{user}/a": { get: one }, "/users/{name}/a": { get: other }, "/users/{name}/b": { get: {} } },
  });
  const addition = { "x-hf-addition": { documented: true } };

  it.each([
    [addition, {}, "/users/{user}/a", "/users/{name}/a"],
    [{}, addition, "/users/{name}/a", "/users/{user}/a"],
  ])("are refused, and the addition is what has to go: %j and %j", (one, other, added, upstream) => {
    expect(() => nameOperations(at(one, other), {})).toThrow(
      `Upstream now describes GET ${added}, as GET ${upstream}; remove the addition from spec/overlay`,
    );
  });

  it("are refused where both are upstream's", () => {
    expect(() => nameOperations(at({}, {}), {})).toThrow(
      "GET /users/{user}/a and GET /users/{name}/a are one address; remove one of them in spec/overlay, or mark it",
    );
  });

  it("are fine where one is said to be the other", () => {
    const twins = at({}, { "x-same-as": "GET /users/{user}/a" });
    expect(nameOperations(twins, {}).provisional).toHaveLength(3);
  });
});

describe("the run stops", () => {
  it("at two operations of one locked name", () => {
    expect(() => nameOperations(document(), withName("listModels"))).toThrow(
      "DELETE /api/jobs/{id} and GET /api/models would both be called listModels; give one of them another id under its path and verb in spec/names.yaml.",
    );
  });

  it("at a provisional name that the lock gave to another operation", () => {
    const taken: Names = { "/api/models": { ...names()["/api/models"], get: { id: "deleteJobsById", summary: "X." } } };
    expect(() => nameOperations(document(), taken)).toThrow("would both be called deleteJobsById");
  });

  it("at two provisional names that are the same", () => {
    const twins: Document = { openapi: "3.1.0", paths: { "/api/a-b": { get: {} }, "/api/a/b": { get: {} } } };
    expect(() => nameOperations(twins, {})).toThrow("GET /api/a/b and GET /api/a-b would both be called getAB");
  });

  it("at a named operation that is gone, and says which", () => {
    const { paths } = document();
    delete paths["/api/models"]?.["post"];
    expect(() => nameOperations({ openapi: "3.1.0", paths }, names())).toThrow(
      "1 named operation(s) are gone from the document: POST /api/models. If that is true, delete or move",
    );
  });

  it("with all of them when several are gone", () => {
    const lock = Object.fromEntries(
      ["a", "b", "c", "d", "e", "f"].map((id) => [`/${id}`, { get: { id, summary: "X." } }]),
    );
    expect(() => nameOperations(document(), lock)).toThrow(
      "6 named operation(s) are gone from the document: GET /a, GET /b, GET /c, GET /d, GET /e and GET /f.",
    );
  });

  it.each([
    ["List"],
    ["list models"],
    ["list-models"],
    ["a`b"],
    ["a*/b"],
    [""],
    ["9a"],
    ["__proto__"],
    [7],
    [undefined],
  ])("at the name %j", (id) => {
    expect(() => nameOperations(document(), withName(id))).toThrow(PipelineError);
    expect(() => nameOperations(document(), withName(id))).toThrow("a name is camelCase letters and digits");
  });

  it.each([["Breaks `out`."], ["Ends */ here."], ["Two\nlines."], ["Two\rlines."], [""], [undefined], [1]])(
    "at the summary %j",
    (summary) => {
      const broken = { id: "deleteJob", summary } as { id: string; summary: string };
      expect(() => nameOperations(document(), { ...names(), "/api/jobs/{id}": { delete: broken } })).toThrow(
        "spec/names.yaml needs one plain line of summary for DELETE /api/jobs/{id}",
      );
    },
  );
});
