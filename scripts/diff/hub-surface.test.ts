import { tmpdir } from "node:os";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { noSurface, readHubSurface } from "./hub-surface.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

describe("the surface of the ergonomic package", () => {
  it("has the methods of each operation, and of its twin at another path", async () => {
    const { methods } = await readHubSurface(root);
    expect(methods.get("listModels")).toEqual(["hub.models.list"]);
    expect(methods.get("getCollectionBySlug")).toEqual(methods.get("getCollection"));
    expect(methods.get("getCollection")).toEqual(["hub.collections.get", "hub.collections.exists"]);
  });

  it("has the named types that it exports or builds on", async () => {
    const { shapes } = await readHubSurface(root);
    expect(["AccessTokenInfo", "Job", "WebhookResponse"].filter((name) => !shapes.has(name))).toEqual([]);
    expect(shapes.has("")).toBe(false);
  });

  it("has what methods call an input that they rename", async () => {
    const { renamed } = await readHubSurface(root);
    expect(renamed.get("getModelRefs include_prs")).toBe("includePullRequests");
    expect(renamed.get("listModels search")).toBeUndefined();
  });

  it("is empty where there is no such package", async () => {
    expect(await readHubSurface(tmpdir())).toEqual(noSurface);
  });
});
