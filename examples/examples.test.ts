import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { Hub } from "@hf-api/hub";
import { createMockHub } from "@hf-api/mock-hub";
import { listen, loadDocument } from "@hf-api/mock-hub/node";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import worker from "./cloudflare-worker.js";

const mock = createMockHub({ seed: 1, document: await loadDocument() });
const server = await listen(mock);
const hub = new Hub({ endpoint: server.url, token: mock.tokens.write });
afterAll(() => server.close());

const tested = new Set(["tour", "behind-a-proxy"]);

/** Runs an example as `ada`, and returns the lines that it printed; rejects unless it ends with 0. */
async function run(
  example: string,
  args: string[] = [],
  token: string = mock.tokens.write,
  variables: Record<string, string> = {},
): Promise<string[]> {
  tested.add(example);
  const file = fileURLToPath(new URL(`${example}.ts`, import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", file, ...args], {
    env: { ...process.env, HF_ENDPOINT: server.url, HF_TOKEN: token, ...variables },
    timeout: 30_000,
  });
  return stdout.trimEnd().split("\n");
}

describe("the examples", { timeout: 60_000 }, () => {
  it("search-models finds by name and pages to the limit", async () => {
    const lines = await run("search-models");
    const { likes } = await hub.models.get({ repo: "openai-community/gpt2" });
    const ids = (await hub.models.list({ filter: ["text-generation"], limit: 25 }).toArray()).map(({ id }) => id);
    expect(new Set(ids).size).toBe(25);
    expect(lines).toEqual([
      `openai-community/gpt2: 12000000 downloads, ${likes} likes`,
      `a page of 10, from ${ids[0]} to ${ids[9]}`,
      `a page of 10, from ${ids[10]} to ${ids[19]}`,
      `a page of 5, from ${ids[20]} to ${ids[24]}`,
    ]);
  });

  it("search-models sorts by downloads", async () => {
    const lines = await run("search-models", ["juniper"]);
    const found = lines.flatMap((line) => /^(\S+): (\d+) downloads, \d+ likes$/.exec(line)?.slice(1, 3) ?? []);
    const ids = found.filter((_, index) => index % 2 === 0);
    const downloads = found.filter((_, index) => index % 2 === 1).map(Number);
    expect(ids.map((id) => id.includes("juniper"))).toEqual([true, true, true, true, true]);
    expect(downloads).toEqual(downloads.toSorted((a, b) => b - a));
  });

  it("model-at-revision tells a pull request from main", async () => {
    const { branches, pullRequests } = await hub.models.getRefs({
      repo: "openai-community/gpt2",
      includePullRequests: true,
    });
    const commits = [branches[0], pullRequests?.[0]].map((ref) => ref?.targetCommit.slice(0, 8));
    expect(new Set(commits).size).toBe(2);
    expect(await run("model-at-revision")).toEqual([
      expect.stringMatching(`^openai-community/gpt2 at main is commit ${commits[0]} with \\d+ files$`),
      expect.stringMatching(`^openai-community/gpt2 at refs/pr/1 is commit ${commits[1]} with \\d+ files$`),
    ]);
  });

  it("files-with-sizes lists files in folders and adds up their sizes", async () => {
    const lines = await run("files-with-sizes");
    const total = lines.pop();
    expect(lines).toContain("config.json: 101 bytes");
    expect(lines).toContain("onnx/model.onnx: 35218 bytes, in LFS");
    const sizes = lines.map((line) => Number(/: (\d+) bytes/.exec(line)?.[1]));
    expect(total).toBe(`openai-community/gpt2: ${sizes.reduce((sum, size) => sum + size, 0)} bytes in all`);
  });

  it("daily-papers lists the latest, or those of a day", async () => {
    const lines = await run("daily-papers");
    expect(lines).toHaveLength(5);
    expect(lines[0]).toBe("2511.10147 On fill-mask with juniper (17 upvotes)");
    const papers = await hub.papers.list().toArray();
    const ofTheDay = papers.filter(({ publishedAt }) => publishedAt.startsWith("2025-11-08"));
    expect(ofTheDay.length).toBeLessThan(5);
    expect((await run("daily-papers", ["2025-11-08"])).toSorted()).toEqual(
      ofTheDay.map(({ id, title, upvotes }) => `${id} ${title} (${upvotes} upvotes)`).toSorted(),
    );
  });

  it("trending names the kind of each repository", async () => {
    const { recentlyTrending } = await hub.search.getTrending({ limit: 10 });
    expect(recentlyTrending).not.toEqual([]);
    expect(await run("trending")).toEqual(
      recentlyTrending.map(({ repoType, repoData }) => `${repoType} ${repoData.id}: ${repoData.likes} likes`),
    );
  });

  it("who-am-i shows owner, right and organisations", async () => {
    expect(await run("who-am-i", [], mock.tokens.read)).toEqual([
      "ada, with a token to read",
      "member of acme-research as admin",
      "member of northwind-ai as write",
      "member of tiny-labs as read",
    ]);
  });

  it("who-am-i is nobody with a token that is not known", async () => {
    expect(await run("who-am-i", [], "hf_unknown")).toEqual(["nobody: HF_TOKEN is not set, or not known to the Hub"]);
  });

  it("parquet-files lists each address below its split", async () => {
    const lines = Object.entries(await hub.datasets.getParquetFiles({ repo: "rajpurkar/squad" })).flatMap(
      ([subset, splits]) =>
        Object.entries(splits).flatMap(([split, urls]) => [
          `${subset}, ${split}: ${urls.length} files`,
          ...urls.map((url) => `  ${url}`),
        ]),
    );
    expect(lines.length).toBeGreaterThan(1);
    expect(await run("parquet-files")).toEqual(lines);
  });

  it("check-responses finds none that differs", async () => {
    expect(await run("check-responses")).toEqual(["All responses fit the document."]);
  });

  it("job-logs follows a job to its end", async () => {
    const [started, ...lines] = await run("job-logs");
    const [job] = await hub.jobs.list({ limit: 1 }).toArray();
    expect(started).toBe(`job ${job?.id}: SCHEDULING`);
    expect(lines).toEqual([
      expect.stringMatching(/^ {2}===== Job started at .* =====$/),
      "  Step 1 of 4",
      "  Step 2 of 4",
      "  Step 3 of 4",
      "  Step 4 of 4",
      `job ${job?.id}: COMPLETED`,
    ]);
  });

  it("space-restart-and-logs wakes a paused Space", async () => {
    const repo = "ada/transcribe-mistwood";
    await hub.spaces.pause({ repo });
    expect(await run("space-restart-and-logs", [repo])).toEqual([`${repo}: RUNNING`, "  Application startup complete"]);
    expect((await hub.spaces.getRuntime({ repo })).stage).toBe("RUNNING");
  });

  it("access-requests accepts who waits", async () => {
    const repo = "ada/lumen-base-cased";
    const grace = new Hub({ endpoint: server.url, token: mock.tokens.other });
    await grace.models.requestAccess({ repo });
    const [request] = await hub.models.listAccessRequests({ repo, status: "pending" }).toArray();
    expect(await run("access-requests", [repo])).toEqual([
      "1 pending",
      `accepted grace, who asked on ${request?.timestamp.slice(0, 10)}`,
      "1 accepted",
    ]);
    expect(await run("access-requests", [repo])).toEqual(["0 pending", "1 accepted"]);
  });

  it("collections leaves nothing behind", async () => {
    const titles = async (): Promise<string[]> =>
      (await hub.collections.list({ owner: "ada" }).toArray()).map(({ title }) => title);
    const before = await titles();
    const lines = await run("collections");
    const slug = lines[0]?.replace("created ", "");
    expect(slug).toMatch(/^ada\/small-models-[0-9a-f]{24}$/);
    expect(lines.slice(1, 2)).toEqual(["holds model openai-community/gpt2"]);
    expect(lines.slice(2, -1).toSorted()).toEqual(
      ["Small models", ...before].map((title) => `listed ${title}`).toSorted(),
    );
    expect(lines.at(-1)).toBe(`deleted ${slug}`);
    expect(await titles()).toEqual(before);
  });

  it("commit-readme commits both files on top of what was there", async () => {
    const repo = "ada/tern-1b-instruct";
    const [parent] = await hub.models.listCommits({ repo, limit: 1 }).toArray();
    const lines = await run("commit-readme", [repo]);
    const [latest, previous] = await hub.models.listCommits({ repo, limit: 2 }).toArray();
    expect(previous?.id).toBe(parent?.id);
    expect(lines).toEqual([`commit ${latest?.id}`, "latest: Describe the model", `# ${repo}`, "", "A small model."]);
    const settings = await hub.models.files.download({ repo, path: "settings.json" });
    expect(await settings.json()).toEqual({ beams: 4 });
  });

  it("download-and-upload copies a model, and then finds that nothing is missing", async () => {
    const [source, target] = ["openai-community/gpt2", "ada/tern-1b-instruct"];
    const { sha } = await hub.models.get({ repo: source });
    const lines = await run("download-and-upload", [source, target]);
    const [latest] = await hub.models.listCommits({ repo: target, limit: 1 }).toArray();
    expect(latest?.title).toBe(`Copy ${source} at ${sha}`);
    expect(lines).toEqual([
      `downloaded 5 files of ${source} at ${sha?.slice(0, 8)}`,
      `uploaded them to ${target} as ${latest?.id.slice(0, 8)}; 1 were there already`,
    ]);
    for (const path of ["README.md", "model.safetensors", "onnx/model.onnx"]) {
      const [ours, theirs] = await Promise.all(
        [target, source].map(async (repo) => (await hub.models.files.download({ repo, path })).bytes()),
      );
      expect(ours).toEqual(theirs);
    }
    const again = await run("download-and-upload", [source, target]);
    expect(again[1]).toBe(`uploaded them to ${target} as ${latest?.id.slice(0, 8)}; 5 were there already`);
    const part = await run("download-and-upload", [source, target, "onnx"]);
    expect(part[0]).toContain("downloaded 1 files");
  });

  it("snapshot brings a model into the cache, once", async () => {
    const cache = await mkdtemp(join(tmpdir(), "cache-"));
    onTestFinished(() => rm(cache, { recursive: true }));
    const args = ["openai-community/gpt2", "*.json", "README.md"];
    const env = { HF_HUB_CACHE: cache, HF_HUB_OFFLINE: "" };
    const [line = ""] = await run("snapshot", args, mock.tokens.write, env);
    const [, count, path = ""] = /^(\d+) files were not there before; all are in (.*)$/.exec(line) ?? [];
    expect(Number(count)).toBeGreaterThan(1);
    expect(path).toContain(join(cache, "models--openai-community--gpt2", "snapshots"));
    expect(await readdir(path)).toContain("README.md");
    expect(await run("snapshot", args, mock.tokens.write, env)).toEqual([line.replace(/^\d+/, "0")]);
  });

  it("webhook-receiver tells what it noticed, and refuses what does not come from the Hub", async () => {
    tested.add("webhook-receiver");
    const { default: receiver } = await import("./webhook-receiver.js");
    const answer = async (secret: string, body: object): Promise<[number, unknown]> => {
      const headers = { "x-webhook-secret": secret };
      const request = new Request("https://receiver.example", { method: "POST", headers, body: JSON.stringify(body) });
      const response = await receiver.fetch(request, { WEBHOOK_SECRET: "of-the-hook" });
      return [response.status, await response.json()];
    };
    const repo = { name: "ada/lumen" };
    const discussion = { num: 3, title: "Hello", status: "open" };
    const comment = { content: "Thanks" };
    const noticed: [scope: string, action: string, more: object, words: string][] = [
      ["repo.content", "update", { updatedRefs: [{ ref: "refs/pr/3" }] }, "ada/lumen has new commits at refs/pr/3"],
      ["repo", "move", { movedTo: { name: "ada/light" } }, "ada/lumen is now ada/light"],
      ["repo", "delete", {}, "ada/lumen: delete"],
      ["repo.config.dois", "create", {}, "ada/lumen: update of repo.config.dois"],
      ["discussion", "create", { discussion }, "#3 of ada/lumen is open: Hello"],
      ["discussion.comment", "create", { discussion, comment }, "somebody wrote in #3 of ada/lumen: Thanks"],
    ];
    for (const [scope, action, more, words] of noticed) {
      const payload = { event: { scope, action }, repo, ...more };
      expect(await answer("of-the-hook", payload)).toEqual([200, { noticed: words }]);
    }
    const broken = { event: { scope: "discussion.comment", action: "create" }, repo, discussion };
    expect(await answer("of-the-hook", broken)).toEqual([400, { error: expect.stringContaining("no comment") }]);
    expect(await answer("of-another", broken)).toEqual([401, { error: expect.stringContaining("X-Webhook-Secret") }]);
  });

  it("open-telemetry makes a span of each response and each pause", async () => {
    mock.faults.once({ status: { 503: 1 } });
    expect(await run("open-telemetry")).toEqual([
      "1 GET 503 error",
      "1 GET retry - fine",
      "1 GET 200 fine",
      "2 GET 404 error",
    ]);
  });

  it("cloudflare-worker lists the models of an author, and says when the Hub fails", async () => {
    tested.add("cloudflare-worker");
    const env = { HF_ENDPOINT: server.url, HF_TOKEN: mock.tokens.read };
    const answer = async (path: string): Promise<[number, unknown]> => {
      const response = await worker.fetch(new Request(`https://worker.example${path}`), env);
      return [response.status, await response.json()];
    };
    const [first] = await hub.models.list({ author: "ada", sort: "downloads", limit: 1 }).toArray();
    const { id, downloads } = first ?? {};
    expect(await answer("/?author=ada")).toEqual([
      200,
      { models: expect.arrayContaining([{ id, downloads }]), more: expect.any(Boolean) },
    ]);
    expect(await answer("/")).toEqual([400, { error: "name an author: /?author=google" }]);
    mock.faults.once({ status: { 500: 1 } });
    mock.faults.once({ status: { 500: 1 } });
    expect(await answer("/?author=ada")).toEqual([502, { error: "the Hub does not answer" }]);
  });

  it.each(["access-requests", "commit-readme", "download-and-upload", "snapshot", "space-restart-and-logs"])(
    "%s asks for an id",
    async (example) => {
      await expect(run(example)).rejects.toThrow("Expected the id of a");
    },
  );

  it("are all tested", () => {
    const examples = readdirSync(new URL(".", import.meta.url)).filter((name) => /^[\w-]+\.ts$/.test(name));
    expect(examples.map((name) => name.replace(/\.ts$/, "")).toSorted()).toEqual([...tested].toSorted());
  });
});
