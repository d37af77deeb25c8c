import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { siteFolder } from "../built-site.js";
import { findChromium, howToInstall } from "../chromium.js";
import { serveFolder, type StaticServer } from "../static-server.js";

const token = "hf_only_in_memory";
let server: StaticServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let outside: string[];
let problems: string[];

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`These tests need Chromium. ${howToInstall}`);
  server = await serveFolder(siteFolder);
  // Its sandbox does not work for root, as which containers run.
  const args = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  browser = await chromium.launch({ executablePath, args });
});

afterAll(async () => {
  await browser?.close();
  await server?.close();
});

beforeEach(async () => {
  context = await browser.newContext();
  outside = [];
  problems = [];
  // Nothing that leaves the origin gets through; a test that expects such a request answers it.
  await context.route(
    (url) => url.origin !== server.origin && url.protocol.startsWith("http"),
    (route) => {
      outside.push(`${route.request().method()} ${route.request().url()}`);
      return route.abort();
    },
  );
  page = await context.newPage();
  page.on("pageerror", ({ message }) => problems.push(message));
});

afterEach(async () => {
  await context.close();
  expect(problems).toEqual([]);
});

const open = (path: string): Promise<unknown> => page.goto(`${server.origin}/${path}`);

/** The playground, with its samples loaded: they replace what is in the editor. */
async function openPlayground(): Promise<void> {
  await open("playground.html#hub.models.get");
  await page.locator("#sample option").first().waitFor({ state: "attached" });
}
const output = (): Promise<string> => page.locator("#output").innerText();

async function run(code?: string): Promise<string> {
  if (code !== undefined) await page.fill("#code", code);
  await page.click("#run");
  await page.locator('#output[data-state="idle"]').waitFor();
  return output();
}

/** How far the page reaches beyond the screen. */
const overhang = (): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

describe("the reference", () => {
  it("finds a method by words, and shows its sample", async () => {
    await open("");
    await page.keyboard.press("/");
    await page.keyboard.type("create repo");
    await page.locator("#results a.chosen").waitFor();
    expect(await page.locator("#results strong").first().innerText()).toBe("hub.repos.create");
    await page.keyboard.press("Enter");
    await page.waitForURL("**/repos.html#repos.create");
    const section = page.locator('[id="repos.create"]');
    expect(await section.locator("pre").innerText()).toContain("await hub.repos.create({");
    expect(await section.locator(".route").first().innerText()).toMatch(/POST\s+\/api\/repos\/create/);
    expect(outside).toEqual([]);
  });

  it("tells a screen reader what the search found, and which result is chosen", async () => {
    await open("");
    const field = page.getByRole("combobox", { name: "Search methods and paths" });
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    await field.fill("snapshot_download");
    const option = page.getByRole("option", { selected: true });
    await option.waitFor();
    expect(await option.innerText()).toMatch(/^snapshot\n[^]*snapshot_download: local_dir: downloadFolder/);
    expect(await page.getByRole("status").innerText()).toBe("1 result");
    await field.fill("list");
    await page.getByText("12 results").waitFor();
    await field.press("ArrowDown");
    expect(await field.getAttribute("aria-activedescendant")).toBe(await option.getAttribute("id"));
    expect(await page.getByRole("option").nth(1).getAttribute("aria-selected")).toBe("true");
    expect(await field.getAttribute("aria-expanded")).toBe("true");
    await field.press("Escape");
    expect(await field.getAttribute("aria-expanded")).toBe("false");
    expect(await field.inputValue()).toBe("");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("search");
    expect(await page.getByRole("status").innerText()).toBe("");
    await field.fill("unicorn");
    await page.getByText("Nothing found").waitFor();
    expect(await page.locator("#results").isVisible()).toBe(false);
  });

  it.each(["index", "models", "serviceAccounts", "operations", "client", "playground"])(
    "fits %s.html on a phone, with its names whole and the namespaces one step away",
    async (name) => {
      await page.setViewportSize({ width: 375, height: 700 });
      await open(`${name}.html`);
      expect(await overhang()).toBe(0);
      // A name that is broken has a box for each line.
      const broken = await page
        .locator(".methods th a")
        .evaluateAll((links) =>
          links.filter((link) => link.getClientRects().length > 1).map((link) => link.textContent),
        );
      expect(broken).toEqual([]);
      await page.getByRole("link", { name: "Namespaces", exact: true }).click();
      await expect
        .poll(async () =>
          page.getByRole("navigation", { name: "Namespaces" }).evaluate((nav) => nav.getBoundingClientRect().top),
        )
        .toBeLessThan(600);
    },
  );

  it("has a skip link that the first Tab reaches", async () => {
    await open("models.html");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    expect(await page.evaluate(() => document.activeElement?.id)).toBe("main");
  });

  it("leads from a sample into the playground, which runs it against the Hub inside the page", async () => {
    await open("repos.html");
    await page.locator('[id="repos.create"]').getByText("Run", { exact: true }).click();
    await page.waitForURL("**/playground.html#hub.repos.create");
    await page.locator("#sample option").first().waitFor({ state: "attached" });
    expect(await page.inputValue("#code")).toContain("console.log(url);");
    expect(await run()).toContain("my-new-dataset");
    expect(await page.locator("#requests").innerText()).toMatch(/^POST \/api\/repos\/create → 200 in \d+ ms$/);
    expect(outside).toEqual([]);
  });
});

describe("the playground", () => {
  beforeEach(openPlayground);

  it("runs what was edited, TypeScript and imports included", async () => {
    const printed = await run(
      'import { Hub } from "@hf-api/hub";\nconst repo: string = "openai-community/gpt2";\nconst hub = new Hub();\nconsole.log((await hub.models.get({ repo })).likes satisfies number);',
    );
    expect(printed).toMatch(/^2900\nDone in \d+ ms\.$/);
  });

  it("colours what is edited without changing it", async () => {
    const code = "const answer = 6 * 7; // <b>";
    await page.fill("#code", code);
    expect(await page.locator("#painted").innerText()).toContain(code);
    expect(await page.locator("#painted .keyword").innerText()).toBe("const");
  });

  it("is left by Esc and then Tab; Tab alone indents", async () => {
    const focused = (): Promise<string | undefined> => page.evaluate(() => document.activeElement?.id);
    await page.fill("#code", "");
    await page.keyboard.press("Tab");
    expect(await page.inputValue("#code")).toBe("  ");
    await page.keyboard.press("Escape");
    await page.keyboard.type("a");
    await page.keyboard.press("Tab");
    expect(await page.inputValue("#code")).toBe("  a  ");
    await page.keyboard.press("Escape");
    await page.keyboard.press("Tab");
    expect(await focused()).not.toBe("code");
    expect(await page.inputValue("#code")).toBe("  a  ");
    const hint = await page.getAttribute("#code", "aria-describedby");
    expect(await page.locator(`#${hint}`).innerText()).toContain("Esc then Tab leaves");
  });

  it("shows an error with its code", async () => {
    const printed = await run('await hub.models.get({ repo: "me/nothing" });');
    expect(printed).toMatch(/HubResponseError: .*\n *error\.code +RepoNotFound/);
    expect(await run("const = 1;")).toMatch(/SyntaxError/);
  });

  it("remembers what was changed until it is reset", async () => {
    const create = 'await hub.repos.create({ repo: "me/once" }); console.log("made");';
    expect(await run(create)).toContain("made");
    expect(await run(create)).toContain("Conflict");
    await page.click("#reset");
    expect(await run(create)).toContain("made");
  });

  it("stops what does not end by itself", async () => {
    await page.fill("#code", 'console.log("begun"); for (;;) {}');
    await page.click("#run");
    await page.getByText("begun").waitFor();
    await page.click("#stop");
    expect(await output()).toContain("Stopped.");
    await expect.poll(() => page.workers().length).toBe(0);
    expect(await run('console.log("again");')).toContain("again");
  });

  it("lets the code reach nobody else", async () => {
    expect(await run('await fetch("https://example.com/?secret");')).toContain("TypeError");
    expect(outside).toEqual([]);
  });
});

describe("against the live Hub", () => {
  const seen: { method: string; authorization: string | undefined }[] = [];

  beforeEach(async () => {
    seen.length = 0;
    await context.route("https://huggingface.co/**", (route) => {
      const request = route.request();
      seen.push({ method: request.method(), authorization: request.headers()["authorization"] });
      const headers = { "access-control-allow-origin": "*", "access-control-allow-headers": "*" };
      return route.fulfill({ headers, json: { id: "a/b", sha: "live" } });
    });
    await openPlayground();
    await page.check('input[value="live"]');
    await page.fill("#token", token);
  });

  it("sends the token to the Hub, and keeps it nowhere", async () => {
    expect(await run('console.log((await hub.models.get({ repo: "a/b" })).sha);')).toContain("live");
    expect(seen.filter(({ method }) => method === "GET")).toEqual([
      { method: "GET", authorization: `Bearer ${token}` },
    ]);
    const kept = await page.evaluate(async () =>
      JSON.stringify([
        { ...localStorage },
        { ...sessionStorage },
        document.cookie,
        location.href,
        history.state,
        await indexedDB.databases(),
        await caches.keys(),
      ]),
    );
    expect(kept).not.toContain(token);
    expect(await context.storageState({ indexedDB: true })).toEqual({ cookies: [], origins: [] });
    await page.reload();
    expect(await page.inputValue("#token")).toBe("");
    expect(outside).toEqual([]);
  });

  it("sends nothing that may change something unless it is allowed", async () => {
    const code = 'await hub.models.like({ repo: "a/b" }); console.log("liked");';
    expect(await run(code)).toContain("POST was not sent");
    expect(seen).toEqual([]);
    await page.check("#changes");
    expect(await run(code)).toContain("liked");
    expect(seen.map(({ method }) => method)).toContain("POST");
  });

  it("forgets the token when the other Hub is chosen", async () => {
    await page.check('input[value="embedded"]');
    await page.check('input[value="live"]');
    expect(await page.inputValue("#token")).toBe("");
  });
});
