import { expect, it } from "vitest";
import { surfaceOf } from "./hub-surface.js";

const { uses } = surfaceOf(`
  this.transport.json.get("/api/whoami-v2");
  this.transport.json.post(\`/api/\${this.kind}/{namespace}/{repo}/tag/{rev}\`, {});
  const markdown = get("/papers/{paperId}.md");
  // See /api/only-mentioned
`);

it("knows the routes that stand in the sources", () => {
  expect(uses("/api/whoami-v2")).toBe(true);
  expect(uses("/papers/{paperId}.md")).toBe(true);
  expect(uses("/api/whoami")).toBe(false);
  expect(uses("/api/only-mentioned")).toBe(false);
});

it("takes an expression for any one literal segment", () => {
  expect(uses("/api/models/{namespace}/{repo}/tag/{rev}")).toBe(true);
  expect(uses("/api/datasets/{namespace}/{repo}/tag/{rev}")).toBe(true);
  expect(uses("/api/a/b/{namespace}/{repo}/tag/{rev}")).toBe(false);
  expect(uses("/api/{repoType}/{namespace}/{repo}/tag/{rev}")).toBe(false);
});
