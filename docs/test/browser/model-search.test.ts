import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { build } from "esbuild";
import { chromium, type Browser, type Page, type Request } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, howToInstall } from "../chromium.js";
import { serveFolder, type StaticServer } from "../static-server.js";

const mock = createMockHub({ seed: 1 });
let folder: string;
let site: StaticServer;
let hub: MockHubServer;
let browser: Browser;
let page: Page;
let problems: string[];
/** The requests to the Hub for models. */
let requests: Request[];

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`These tests need Chromium. ${howToInstall}`);
  hub = await listen(mock);
  folder = await mkdtemp(join(tmpdir(), "model-search-"));
  await build({
    entryPoints: [fileURLToPath(new URL("pages/model-search.ts", import.meta.url))],
    bundle: true,
    splitting: true,
    format: "esm",
    jsx: "automatic",
    outdir: folder,
    target: "es2022",
    define: { "process.env.NODE_ENV": '"production"' },
  });
  const html = `<!doctype html><html lang="en" data-hub="${hub.url}"><title>Models</title>
    <style>
      body { font: 1rem/1.5 system-ui, sans-serif; max-width: 40rem; margin: 2rem auto; padding: 0 1rem; }
      input, button { font: inherit; padding: 0.4rem 0.7rem; }
      input { width: 100%; box-sizing: border-box; }
      ul { list-style: none; padding: 0; }
      li { display: flex; justify-content: space-between; gap: 1rem; padding: 0.4rem 0; border-bottom: 1px solid #ddd; }
      li span { overflow-wrap: anywhere; }
    </style><body>
    <script type="module" src="model-search.js"></script>`;
  await writeFile(join(folder, "index.html"), html);
  site = await serveFolder(folder);
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser?.close();
  await Promise.all([site?.close(), hub?.close()]);
  await rm(folder, { recursive: true });
});

beforeEach(async () => {
  problems = [];
  requests = [];
  page = await browser.newPage({ viewport: { width: 720, height: 800 } });
  page.on("pageerror", ({ message }) => problems.push(message));
  page.on("request", (request) => {
    if (request.url().startsWith(`${hub.url}/api/models`)) requests.push(request);
  });
});

afterEach(async () => {
  await page.close();
  expect(problems).toEqual([]);
});

const open = (): Promise<unknown> => page.goto(`${site.origin}/index.html`);
const names = (): Promise<string[]> => page.locator("li span").allTextContents();
const search = (text: string): Promise<void> => page.getByLabel("Search models").fill(text);
const searched = (): (string | null)[] => requests.map((it) => new URL(it.url()).searchParams.get("search"));

describe("a page that searches models", () => {
  it("lists ten, and ten more on each click until there are no more", async () => {
    await open();
    await search("a");
    await expect.poll(async () => (await names()).length).toBe(10);
    await page.getByRole("button", { name: "Load more" }).click();
    await expect.poll(async () => (await names()).length).toBe(20);
    const found = await names();
    expect(new Set(found).size).toBe(20);
    expect(found.every((id) => id.toLowerCase().includes("a"))).toBe(true);
    const before = requests.length;
    await search("gpt2");
    await expect.poll(names).toContain("openai-community/gpt2");
    expect(await page.getByRole("button", { name: "Load more" }).count()).toBe(0);
    expect(requests.length).toBe(before + 1);
  });

  it("keeps what was found: the same search again makes no request", async () => {
    await open();
    await search("gpt2");
    await expect.poll(names).toContain("openai-community/gpt2");
    await search("");
    await expect.poll(async () => (await names()).length).toBe(10);
    const before = requests.length;
    await search("gpt2");
    await expect.poll(async () => (await names()).length).toBeLessThan(10);
    expect(requests.length).toBe(before);
  });

  it("cancels a search that nobody waits for any more", async () => {
    await open();
    await expect.poll(async () => (await names()).length).toBe(10);
    mock.faults.once({ latency: [60_000, 60_000] });
    await search("juniper");
    await expect.poll(searched).toContain("juniper");
    const stale = requests.at(-1);
    await search("gpt2");
    await expect.poll(names).toContain("openai-community/gpt2");
    await expect.poll(() => stale?.failure()?.errorText).toBe("net::ERR_ABORTED");
  });

  it("shows an error after the retries of the client alone, and asks again on a click", async () => {
    await open();
    await expect.poll(async () => (await names()).length).toBe(10);
    for (let time = 0; time < 4; time += 1) mock.faults.once({ status: { 503: 1 } });
    await search("gpt2");
    await page.getByRole("alert").getByText("The Hub cannot search now (503).").waitFor({ timeout: 30_000 });
    expect(searched().filter((text) => text === "gpt2")).toHaveLength(4);
    await page.getByRole("button", { name: "Again" }).click();
    await expect.poll(names).toContain("openai-community/gpt2");
    expect(searched().filter((text) => text === "gpt2")).toHaveLength(5);
  });
});
