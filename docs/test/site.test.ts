import { operations } from "@hf-api/raw/operations";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { publicMethods } from "../../packages/hub/samples/public-methods.js";
import { rank, type SearchEntry } from "../site/search-ranking.js";
import { siteFolder } from "./built-site.js";

const files = readdirSync(siteFolder);
const textOf = (file: string): string => readFileSync(join(siteFolder, file), "utf8");
const pages = new Map(files.filter((file) => file.endsWith(".html")).map((file) => [file, textOf(file)]));
const idsOf = (html: string): Set<string> => new Set(Array.from(html.matchAll(/ id="([^"]+)"/g), ([, id = ""]) => id));

describe("the built site", () => {
  it("is smaller than 5 MB", () => {
    const bytes = files.reduce((sum, file) => sum + statSync(join(siteFolder, file)).size, 0);
    expect(bytes).toBeLessThan(5_000_000);
  });

  it("has every public method on the page of its namespace, with a sample that runs", () => {
    const missing = publicMethods().flatMap(({ method }) => {
      const [, section = ""] = (pages.get(`${method.split(".")[0]}.html`) ?? "").split(`id="${method}"`);
      const [own = ""] = section.split("</section>");
      const isComplete = [`hub.${method}`, "<pre>", `playground.html#hub.${method}"`, "<dt>Signature</dt>"];
      return isComplete.every((part) => own.includes(part)) ? [] : [method];
    });
    expect(missing).toEqual([]);
  });

  it("says what is deprecated, and what to use instead", () => {
    const [, section = ""] = (pages.get("spaces.html") ?? "").split('id="spaces.setStorage"');
    const [own = ""] = section.split("</section>");
    expect(own).toMatch(/<b>Deprecated\.<\/b>.*setVolumes/s);
  });

  it("shows the members of each kind of a union, and of the named types inside", () => {
    const [, create = ""] = (pages.get("repos.html") ?? "").split('id="repos.create"');
    expect(create.split("</section>")[0]).toContain("sleepTimeSeconds");
    const [, types = ""] = (pages.get("jobs.html") ?? "").split('id="types"');
    expect(types).toContain("JobStatus");
  });

  it("has every operation of the document, and says which method calls it", () => {
    const page = pages.get("operations.html") ?? "";
    const rows = page.split("<tr ");
    const uncalled = Object.keys(operations).filter((id) => {
      const row = rows.find((text) => text.startsWith(`id="${id}"`));
      return row?.includes(">hub.") !== true;
    });
    expect(uncalled).toEqual([]);
  });

  it("offers the merged document, with a sample at each operation", () => {
    const document = JSON.parse(textOf("openapi.json")) as { paths: Record<string, Record<string, object>> };
    const without = Object.values(operations).filter(
      ({ path, method }) => !("x-codeSamples" in (document.paths[path]?.[method] ?? {})),
    );
    expect(without).toEqual([]);
  });

  it("links only to what is there", () => {
    const broken = Array.from(pages).flatMap(([file, html]) =>
      Array.from(html.matchAll(/ (?:href|src)="([^"]*)"/g), ([, address = ""]) => address).filter((address) => {
        if (address === "data:," || address.startsWith("playground.html#")) return false;
        const [target = "", id] = address.split("#");
        const name = target === "" ? file : target;
        if (!files.includes(name)) return true;
        return id !== undefined && !idsOf(pages.get(name) ?? "").has(id);
      }),
    );
    expect([...new Set(broken)]).toEqual([]);
  });

  it.each([
    ["snapshot_download", "client.html#snapshot"],
    ["hf_hub_download", "client.html#downloadToCache"],
    ["downloadFileToCacheDir", "client.html#downloadToCache"],
    ["uploadFiles", "models.html#models.files.upload"],
    ["fetch_job_logs", "jobs.html#jobs.streamLogs"],
    ["login", "client.html#Hub"],
    ["run_as_future", undefined],
  ])("leads from %s, a name of another client, to %s", (name, address) => {
    const [first] = rank(JSON.parse(textOf("search.json")) as SearchEntry[], name);
    expect(first).toBeDefined();
    expect(first?.address).toBe(address);
  });

  it("begins each page with a way past the navigation", () => {
    for (const html of pages.values()) expect(/<body[^>]*>\s*(<a [^>]*>)/.exec(html)?.[1]).toContain('href="#main"');
  });

  it("links into the playground by the names that it knows", () => {
    const samples = JSON.parse(textOf("samples.json")) as { name: string }[];
    const names = new Set(samples.map(({ name }) => name));
    const linked = Array.from(pages.values()).flatMap((html) =>
      Array.from(html.matchAll(/"playground\.html#([^"]+)"/g), ([, name = ""]) => name),
    );
    expect(linked.filter((name) => !names.has(name))).toEqual([]);
    expect(linked.length).toBeGreaterThan(publicMethods().length);
  });

  it("forbids each page to load or send anything elsewhere; the playground may reach the Hub alone", () => {
    for (const [file, html] of pages) {
      const [, policy = ""] = /Content-Security-Policy"\s+content="([^"]+)"/.exec(html) ?? [];
      expect(policy).toContain("default-src 'none'");
      const hosts = Array.from(policy.matchAll(/https:\/\/\S+/g), ([host]) => host.replace(";", ""));
      const allowed = file === "playground.html" ? ["huggingface.co", "*.huggingface.co", "*.hf.co"] : [];
      expect(hosts).toEqual(allowed.map((host) => `https://${host}`));
    }
  });
});
