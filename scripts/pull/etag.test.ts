import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { rememberEtag, seenEtag } from "./etag.js";

let root: string;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "etag-"));
});
afterAll(() => rm(root, { recursive: true }));

it("is sent along only to the source it came from, and only with the snapshot that came of it", async () => {
  expect(await seenEtag(root, "https://a", "f")).toBeUndefined();
  await rememberEtag(root, { source: "https://a", etag: '"1"', fingerprint: "f" });
  expect(await seenEtag(root, "https://a", "f")).toBe('"1"');
  expect(await seenEtag(root, "https://b", "f")).toBeUndefined();
  expect(await seenEtag(root, "https://a", "g")).toBeUndefined();
});

it("is forgotten when its file is broken", async () => {
  await rememberEtag(root, { source: "https://a", etag: '"1"', fingerprint: "f" });
  await writeFile(join(root, "node_modules/.cache/hf-api/seen.json"), '{"source":');
  expect(await seenEtag(root, "https://a", "f")).toBeUndefined();
});
