import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { downloadFileToCacheDir, scanCacheDir, snapshotDownload } from "@huggingface/hub";
import { readFile, realpath } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import type { RepoKind } from "../../src/inputs/repo-id.js";
import { downloadToCache, scanCache, snapshot } from "../../src/node/index.js";
import { isSame, someBytes } from "../servers/file-server.js";
import { temporaryFolder } from "./temporary-folder.js";

const mock = createMockHub({ seed: 1 });
const server = await listen(mock);
const hub = new Hub({ endpoint: server.url, token: mock.tokens.write });
afterAll(() => server.close());

const name = "ada/shared";
const large = someBytes(300_001);
const kinds: [RepoKind, "model" | "dataset" | "space"][] = [
  ["models", "model"],
  ["datasets", "dataset"],
  ["spaces", "space"],
];

beforeAll(async () => {
  for (const [kind, type] of kinds) {
    await (type === "space"
      ? hub.repos.create({ repo: name, type, sdk: "static" })
      : hub.repos.create({ repo: name, type }));
    const files = [
      { path: "weights.bin", content: large },
      { path: "config.json", content: "{}" },
      { path: "deep/er/a.txt", content: "deep" },
    ];
    await hub[kind].files.upload({ repo: name, files });
  }
});

let cache: string;
beforeEach(async () => {
  cache = await realpath(await temporaryFolder());
  mock.requests.clear();
});

/** How often bytes of files were requested. */
const downloads = (): number => [...mock.requests].filter(({ path }) => /\/resolve\/|\/download\//.test(path)).length;

describe.each(kinds)("the cache that is shared with @huggingface/hub, of %s", (kind, type) => {
  const known = { repo: { type, name }, hubUrl: server.url, accessToken: mock.tokens.write };

  it("is read there as we wrote it, and nothing comes again", async () => {
    const ours = await snapshot(hub[kind], { repo: name }, { cache });
    const before = downloads();
    expect(before).toBeGreaterThan(3);

    expect(await snapshotDownload({ ...known, cacheDir: cache })).toBe(ours.path);
    const file = await downloadFileToCacheDir({
      ...known,
      cacheDir: cache,
      revision: ours.commit,
      path: "deep/er/a.txt",
    });
    expect(file).toBe(join(ours.path, "deep/er/a.txt"));
    expect(downloads()).toBe(before);

    const theirs = await scanCacheDir(cache);
    const report = await scanCache({ cache });
    expect(theirs.warnings).toEqual([]);
    const [repo] = theirs.repos;
    expect(repo).toMatchObject({ id: { type, name }, path: report.repos[0]?.path });
    expect(repo?.revisions).toMatchObject([{ commitOid: ours.commit, refs: ["main"], path: ours.path }]);
    // It does not look into folders.
    const flat = report.repos[0]?.revisions[0]?.files.filter(({ path }) => !path.includes("/")) ?? [];
    expect(repo?.revisions[0]?.files.map(({ path, blob }) => [path, blob.path, blob.size]).toSorted()).toEqual(
      flat.map(({ path, blob, size }) => [join(ours.path, path), blob, size]).toSorted(),
    );
  });

  it("is read here as they wrote it, and nothing comes again", async () => {
    const path = await snapshotDownload({ ...known, cacheDir: cache });
    const before = downloads();
    const ours = await snapshot(hub[kind], { repo: name }, { cache });
    expect(ours).toMatchObject({ path, written: [] });
    const input = { repo: name, path: "weights.bin" };
    expect(isSame(await readFile(await downloadToCache(hub[kind], input, { cache })), large)).toBe(true);
    expect(downloads()).toBe(before);

    const report = await scanCache({ cache });
    const theirs = await scanCacheDir(cache);
    expect(report.warnings).toEqual([]);
    expect(report.repos.map(({ kind: of, repo }) => [of, repo])).toEqual([[kind, name]]);
    expect(report.size).toBe(theirs.size + "deep".length);
    expect(report.repos[0]?.revisions).toMatchObject([{ commit: ours.commit, refs: ["main"] }]);
  });

  it("is filled by both", async () => {
    await downloadFileToCacheDir({ ...known, cacheDir: cache, path: "weights.bin", revision: "main" });
    const before = downloads();
    const { written } = await snapshot(hub[kind], { repo: name }, { cache });
    expect(written).not.toContain("weights.bin");
    expect(downloads() - before).toBeGreaterThan(0);
    const after = downloads();
    await snapshotDownload({ ...known, cacheDir: cache });
    expect(downloads()).toBe(after);
  });
});
