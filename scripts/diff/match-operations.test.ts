import { describe, expect, it } from "vitest";
import type { JsonObject } from "../document/document.js";
import { matchOperations } from "./match-operations.js";
import { documentOf, json, object, text } from "../document/testing.js";

const body = json({ body: object({ a: text }) });

function match(before: Record<string, JsonObject>, after: Record<string, JsonObject>): Record<string, string[]> {
  const { moved, split, added, removed } = matchOperations(documentOf(before), documentOf(after));
  return {
    moved: moved.map((pair) => `${pair.before.label} → ${pair.after.label}`),
    split: split.map((it) => `${it.before.path} → ${it.after.map(({ path }) => path).join(", ")}`),
    added: added.map(({ label }) => label),
    removed: removed.map(({ label }) => label),
  };
}

describe("a move", () => {
  it("is recognised by what the operation takes and returns, and by a path that is much the same", () => {
    expect(match({ "POST /api/a/read": body }, { "POST /api/b/read": body })).toEqual({
      moved: ["POST /api/a/read → POST /api/b/read"],
      split: [],
      added: [],
      removed: [],
    });
  });

  it("is not seen between operations that only happen to take nothing", () => {
    const { moved } = match({ "DELETE /api/jobs/{id}": json({}) }, { "DELETE /settings/keys/{key}": json({}) });
    expect(moved).toEqual([]);
  });

  it("never changes the verb", () => {
    expect(match({ "POST /api/a/read": body }, { "PUT /api/b/read": body })["moved"]).toEqual([]);
  });

  it("is a parameter by another name", () => {
    expect(match({ "POST /api/{a}": body }, { "POST /api/{b}": json({}) })["moved"]).toEqual([
      "POST /api/{a} → POST /api/{b}",
    ]);
  });

  it("is what the lock of names says, whatever else changed", () => {
    const named = { ...body, operationId: "doIt" };
    const moved = match({ "POST /api/a": named }, { "POST /elsewhere/entirely": { ...named, requestBody: {} } })[
      "moved"
    ];
    expect(moved).toEqual(["POST /api/a → POST /elsewhere/entirely"]);
  });
});

describe("a split", () => {
  it("turns a parameter into literals", () => {
    const after = { "GET /api/models/{repo}": body, "GET /api/spaces/{repo}": body };
    expect(match({ "GET /api/{repoType}/{repo}": body }, after)["split"]).toEqual([
      "/api/{repoType}/{repo} → /api/models/{repo}, /api/spaces/{repo}",
    ]);
  });

  it("may leave one kind without a segment of its own", () => {
    const after = { "GET /{repo}/refs": body, "GET /spaces/{repo}/refs": body };
    expect(match({ "GET /{repoType}/{repo}/refs": body }, after)["split"]).toHaveLength(1);
  });

  it("is not seen in a single literal, unless other paths split the same parameter", () => {
    const alone = match({ "GET /api/{id}": body }, { "GET /api/me": json({}) });
    expect(alone).toMatchObject({ split: [], added: ["GET /api/me"], removed: ["GET /api/{id}"] });
    const before = { "GET /api/{kind}/x": body, "GET /api/{kind}/y": body };
    const after = { "GET /api/a/x": body, "GET /api/b/x": body, "GET /api/a/y": body };
    expect(match(before, after)["split"]).toHaveLength(2);
  });
});
