import * as official from "@huggingface/hub";
import { afterAll, beforeAll, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import { listen, type MockHubServer } from "../src/node.js";
import { present, someBytes } from "./api.js";

const hub = createMockHub({ seed: 1 });
let server: MockHubServer;
let options: { hubUrl: string; accessToken: string };

beforeAll(async () => {
  server = await listen(hub);
  options = { hubUrl: server.url, accessToken: hub.tokens.write };
});

afterAll(() => server.close());

async function collect<T>(items: AsyncIterable<T>): Promise<T[]> {
  const all: T[] = [];
  for await (const item of items) all.push(item);
  return all;
}

it("knows whose token it is", async () => {
  expect(await official.whoAmI(options)).toMatchObject({ name: "ada", auth: { accessToken: { role: "write" } } });
});

it("lists models over several pages", async () => {
  // The client asks for five hundred at once, so a page needs a larger world than the usual one.
  const large = createMockHub({ repos: { models: 1_200 } });
  const models = await collect(
    official.listModels({ ...options, accessToken: large.tokens.write, fetch: large.fetch, hubUrl: large.url }),
  );
  expect(new Set(models.map(({ name }) => name)).size).toBe(models.length);
  expect(models.length).toBeGreaterThan(1_100);
  expect([...large.requests].length).toBe(3);
});

it("reads one model, and its safetensors header by ranges", async () => {
  const name = "openai-community/gpt2";
  expect(await official.modelInfo({ ...options, name })).toMatchObject({ name, task: "text-generation" });
  const parsed = await official.parseSafetensorsMetadata({ ...options, repo: name });
  expect(parsed).toMatchObject({ sharded: false, header: { "embed.weight": { dtype: "F32" } } });
});

it("creates, fills, reads and deletes a repository", async () => {
  const repo = "ada/made-by-the-official-client";
  expect(await official.createRepo({ ...options, repo })).toMatchObject({ repoUrl: `${server.url}/${repo}` });
  await expect(official.createRepo({ ...options, repo })).rejects.toMatchObject({ statusCode: 409 });

  const hello = { path: "hello world.txt", content: new Blob(["hi there"]) };
  await official.uploadFile({ ...options, repo, file: hello });
  const weights = { path: "weights/model.safetensors", content: new Blob(["w".repeat(100_000)]) };
  await official.uploadFile({ ...options, repo, file: weights });

  const files = await collect(official.listFiles({ ...options, repo, recursive: true }));
  expect(files.map(({ path }) => path)).toEqual([
    ".gitattributes",
    "hello world.txt",
    "weights",
    "weights/model.safetensors",
  ]);
  expect(files.find(({ path }) => path === weights.path)?.lfs).toMatchObject({ size: 100_000 });

  expect(await (await official.downloadFile({ ...options, repo, path: hello.path }))?.text()).toBe("hi there");
  expect((await official.downloadFile({ ...options, repo, path: weights.path }))?.size).toBe(100_000);
  expect(await official.downloadFile({ ...options, repo, path: "no-such-file" })).toBeNull();
  const commits = await collect(official.listCommits({ ...options, repo }));
  expect(commits.map(({ title }) => title)).toEqual([`Add ${weights.path}`, `Add ${hello.path}`, "initial commit"]);

  await official.deleteRepo({ ...options, repo });
  expect(await official.repoExists({ ...options, repo })).toBe(false);
});

it.each(["model", "dataset", "space"] as const)(
  "uploads a large file of a %s in parts to the second origin, and reads it back",
  async (type) => {
    const own = createMockHub({ lfs: { multipartThreshold: 200_000, chunkSize: 100_000 } });
    const running = await listen(own);
    try {
      const repo = { type, name: `ada/in-parts-of-a-${type}` };
      const to = { hubUrl: running.url, accessToken: own.tokens.write, repo };
      await official.createRepo({ ...to, sdk: "static" });
      const content = new Blob([someBytes(350_001)]);
      const files = [
        { path: "large.safetensors", content },
        { path: "folder/small.bin", content: content.slice(0, 1_000) },
        { path: "text.md", content: new Blob(["# Text"]) },
      ];
      await official.uploadFiles({ ...to, files, useXet: false });
      const puts = [...own.requests].filter(({ method }) => method === "PUT");
      expect(puts.map(({ origin, status }) => [origin, status])).toEqual(Array(5).fill(["cdn", 200]));
      for (const { path, content: sent } of files) {
        const received = present(await official.downloadFile({ ...to, path }));
        expect(new Uint8Array(await received.arrayBuffer())).toEqual(new Uint8Array(await sent.arrayBuffer()));
      }
      const listed = await collect(official.listFiles({ ...to, recursive: true }));
      expect(listed.find(({ path }) => path === "large.safetensors")?.lfs?.size).toBe(350_001);
      // What is there already is not sent again.
      await official.uploadFiles({ ...to, files, useXet: false });
      expect([...own.requests].filter(({ method }) => method === "PUT")).toHaveLength(5);
    } finally {
      await running.close();
    }
  },
);

it("opens a pull request with a commit", async () => {
  const repo = "ada/with-a-pull-request";
  await official.createRepo({ ...options, repo });
  const operations = [{ operation: "addOrUpdate" as const, path: "a.txt", content: new Blob(["a"]) }];
  const made = await official.commit({ ...options, repo, title: "Add a", isPullRequest: true, operations });
  expect(made?.pullRequestUrl).toBe(`${server.url}/${repo}/discussions/1`);
  const onBranch = await official.pathsInfo({ ...options, repo, paths: ["a.txt"], revision: "refs/pr/1" });
  expect(onBranch).toHaveLength(1);
  expect(await official.pathsInfo({ ...options, repo, paths: ["a.txt"] })).toEqual([]);
});
