import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createMockHub, type MockHub } from "@hf-api/mock-hub";
import { listen, type MockHubServer } from "@hf-api/mock-hub/node";
import { build } from "esbuild";
import { chromium, type Browser, type BrowserContext, type Page } from "playwright-core";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { findChromium, howToInstall } from "../chromium.js";
import { serveFolder, type StaticServer } from "../static-server.js";

let folder: string;
let site: StaticServer;
let mock: MockHub;
let hub: MockHubServer;
let browser: Browser;
let context: BrowserContext;
let page: Page;
let outside: string[];
let problems: string[];
let now = Date.now();

beforeAll(async () => {
  const executablePath = findChromium();
  if (executablePath === undefined) throw new Error(`These tests need Chromium. ${howToInstall}`);
  mock = createMockHub({ oauth: { codeLifetime: 60 }, now: () => now });
  hub = await listen(mock);
  folder = await mkdtemp(join(tmpdir(), "login-page-"));
  const entry = fileURLToPath(new URL("pages/login.ts", import.meta.url));
  await build({ entryPoints: [entry], bundle: true, splitting: true, format: "esm", outdir: folder, target: "es2022" });
  const html = `<!doctype html><html data-hub="${hub.url}"><title>App</title><body><script src="variables.js"></script>
    <script type="module" src="login.js"></script>`;
  await writeFile(join(folder, "index.html"), html);
  await writeFile(join(folder, "variables.js"), "");
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
  context = await browser.newContext({ viewport: { width: 900, height: 760 } });
  outside = [];
  problems = [];
  await context.route(
    ({ origin, protocol }) => origin !== site.origin && origin !== hub.url && protocol.startsWith("http"),
    (route) => {
      outside.push(route.request().url());
      return route.abort();
    },
  );
  page = await context.newPage();
  page.on("pageerror", ({ message }) => problems.push(message));
});

afterEach(async () => {
  await context.close();
  expect([problems, outside]).toEqual([[], []]);
});

const home = (): string => `${site.origin}/index.html`;

/** What the page says once it knows. */
async function state(): Promise<string> {
  await page.locator("body[data-state]").waitFor({ state: "attached" });
  return (await page.locator("body").getAttribute("data-state")) ?? "";
}

async function toConsent(): Promise<void> {
  await page.goto(home());
  await page.getByRole("button", { name: "Log in" }).click();
  await page.getByRole("heading", { name: "wants to log you in" }).waitFor();
}

/** The URL that the user of the consent page would come back by, without going there. */
async function redirectOf(user: string): Promise<string> {
  const { searchParams } = new URL(page.url());
  const body = new URLSearchParams({ ...Object.fromEntries(searchParams), user, decision: "allow" });
  const response = await fetch(`${hub.url}/oauth/authorize`, { method: "POST", body, redirect: "manual" });
  return response.headers.get("location") ?? "";
}

describe("a page logs in", () => {
  it("by the consent page, refreshes its token, and leaves no code in the address bar", async () => {
    await toConsent();
    await page.getByLabel("Log in as").selectOption("grace");
    await page.getByRole("button", { name: "Authorize" }).click();
    await page.waitForURL(home());
    expect(await state()).toBe("grace grace kept true true browser-test");
    expect(page.url()).toBe(home());
    expect(await page.evaluate(() => localStorage.length)).toBe(0);
    expect([...mock.requests].filter(({ path }) => path === "/oauth/token")).toHaveLength(2);
    await page.reload();
    expect(await state()).toBe("anonymous");
  });

  it("as the app of its Space", async () => {
    await context.addInitScript((url) => {
      const variables = { OAUTH_CLIENT_ID: "of-the-space", OPENID_PROVIDER_URL: url };
      Object.assign(globalThis, { huggingface: { variables } });
    }, hub.url);
    await toConsent();
    await page.getByRole("button", { name: "Authorize" }).click();
    await page.waitForURL(home());
    expect(await state()).toBe("ada ada kept true true of-the-space");
  });

  it("not when its user cancels", async () => {
    await toConsent();
    await page.getByRole("button", { name: "Cancel" }).click();
    await page.waitForURL((url) => url.origin === site.origin);
    expect(await state()).toMatch(/^access_denied: the user did not agree/);
    expect(page.url()).toBe(home());
  });

  it("not by a state that was not started in this browser", async () => {
    await toConsent();
    const url = await redirectOf("ada");
    await page.goto(url.replace(/state=[\w-]+/, "state=forged"));
    expect(await state()).toMatch(/^unknown_login: .*createLogin\(\)/);
    // What was started there can still end.
    await page.goto(url);
    expect(await state()).toMatch(/^ada ada/);
    await page.goto(url);
    expect(await state()).toMatch(/^unknown_login/);
  });

  it("not by a code that has expired", async () => {
    await toConsent();
    const url = await redirectOf("ada");
    now += 60_000;
    await page.goto(url);
    expect(await state()).toMatch(/^invalid_grant: .*createLogin\(\)/);
  });
});

describe("the consent page", () => {
  it.each([
    ["light", 900],
    ["dark", 375],
  ] as const)("fits the screen, in %s colors and %d pixels", async (colorScheme, width) => {
    await page.emulateMedia({ colorScheme });
    await page.setViewportSize({ width, height: 760 });
    await toConsent();
    const overhang = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overhang).toBe(0);
    await expect.poll(() => page.getByRole("button", { name: "Authorize" }).isVisible()).toBe(true);
    if (process.env["SCREENSHOTS"])
      await page.screenshot({ path: `${process.env["SCREENSHOTS"]}/consent-${colorScheme}.png` });
  });

  it("can be used with the keyboard alone", async () => {
    await toConsent();
    await page.keyboard.press("Tab");
    await page.keyboard.type("grace");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Enter");
    await page.waitForURL(home());
    expect(await state()).toMatch(/^\w+ \w+ kept/);
  });
});
