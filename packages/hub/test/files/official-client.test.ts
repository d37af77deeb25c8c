import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { downloadFile, uploadFiles } from "@huggingface/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import type { RepoKind } from "../../src/inputs/repo-id.js";
import { isSame, someBytes } from "../servers/file-server.js";

// Above 60,000 bytes in parts, below in one piece; text goes with the commit.
const mock = createMockHub({ seed: 1, lfs: { multipartThreshold: 60_000, chunkSize: 25_000 } });
const server = await listen(mock);
const hub = new Hub({ endpoint: server.url, token: mock.tokens.write });
const known = { hubUrl: server.url, accessToken: mock.tokens.write };
afterAll(() => server.close());

const files = [
  { path: "small.txt", content: new Blob(["small, and 测试"]) },
  { path: "dir/one piece.bin", content: new Blob([someBytes(30_000)]) },
  { path: "dir/in parts.bin", content: new Blob([someBytes(110_001, 3)]) },
];

const kinds: [RepoKind, "model" | "dataset" | "space"][] = [
  ["models", "model"],
  ["datasets", "dataset"],
  ["spaces", "space"],
];

beforeAll(async () => {
  for (const [, type] of kinds) {
    for (const repo of ["ada/of-ours", "ada/of-theirs"]) {
      await (type === "space" ? hub.repos.create({ repo, type, sdk: "static" }) : hub.repos.create({ repo, type }));
    }
  }
});

it.each(kinds)("reads what we wrote to %s", async (kind, type) => {
  await hub[kind].files.upload({ repo: "ada/of-ours", files });
  for (const { path, content } of files) {
    const found = await downloadFile({ ...known, repo: { type, name: "ada/of-ours" }, path });
    if (found === null) throw new Error(`${path} is not there`);
    expect(isSame(new Uint8Array(await found.arrayBuffer()), new Uint8Array(await content.arrayBuffer()))).toBe(true);
  }
});

it.each(kinds)("writes what we read from %s", async (kind, type) => {
  const repo = { type, name: "ada/of-theirs" };
  await uploadFiles({ ...known, repo, files, useXet: false });
  for (const { path, content } of files) {
    const found = await hub[kind].files.download({ repo: repo.name, path });
    expect(isSame(await found.bytes(), new Uint8Array(await content.arrayBuffer()))).toBe(true);
    expect(found.sha256 === undefined).toBe(path === "small.txt");
  }
  // Both call the same file by the same name, so nothing has to be sent.
  const { unchanged } = await hub[kind].files.upload({ repo: repo.name, files });
  expect(unchanged).toEqual(files.map(({ path }) => path));
});
