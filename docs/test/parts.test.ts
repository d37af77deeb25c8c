import { describe, expect, it, vi } from "vitest";
import { HubResponseError } from "../../packages/hub/src/errors.js";
import { html, Html } from "../lib/html.js";
import { namesElsewhere } from "../lib/names-elsewhere.js";
import { firstSentence, inline } from "../lib/prose.js";
import { failureText } from "../site/failure.js";
import { highlight } from "../site/highlight.js";
import { inspect } from "../site/inspect.js";
import { readOnly } from "../site/read-only.js";
import { runCode } from "../site/run-code.js";
import { aliasFor, rank, type SearchEntry } from "../site/search-ranking.js";

describe("html", () => {
  it("escapes what is put in, and takes HTML as it is", () => {
    expect(html`<p title="${'"'}">${"<b>"}${new Html("<i>")}${["a", 1]}${undefined}</p>`.text).toBe(
      '<p title="&quot;">&lt;b&gt;<i>a1</p>',
    );
  });

  it("turns backticks into code", () => {
    expect(inline("a `b<c` d").text).toBe("a <code>b&lt;c</code> d");
  });

  it("finds the first sentence", () => {
    expect(firstSentence("Lists `a.b` things. More.")).toBe("Lists `a.b` things.");
    expect(firstSentence("No end")).toBe("No end");
  });
});

describe("highlight", () => {
  it("changes no character of the code", () => {
    const code = 'const a = await hub.models.get({ repo: "a<b", n: 1_000 }); // "x" & `y`\n/* z */ `t${1}`';
    const text = highlight(code).replaceAll(/<\/?span[^>]*>/g, "");
    expect(text).toBe(html`${code}`.text);
    expect(highlight(code)).toContain('<span class="call">hub.models.get</span>');
    expect(highlight(code)).toContain('<span class="number">1_000</span>');
  });
});

describe("search", () => {
  const entry = (name: string, text: string, route: string): SearchEntry => ({
    name,
    text,
    address: "",
    routes: [route],
    aliases: [],
  });
  const entries = [
    entry("hub.models.createTag", "Tags a revision.", "POST /api/models/{namespace}/{repo}/tag/{rev}"),
    entry("hub.repos.create", "Creates a repository.", "POST /api/repos/create"),
    entry("hub.models.list", "Lists models.", "GET /api/models"),
    entry("hub.models.files.list", "Lists files.", "GET /api/models/{namespace}/{repo}/tree/{rev}"),
  ];

  it.each([
    ["create repo", "hub.repos.create"],
    ["hub.models.list", "hub.models.list"],
    ["/api/models", "hub.models.list"],
    ["tree", "hub.models.files.list"],
    ["createTag", "hub.models.createTag"],
    ["creat", "hub.repos.create"],
  ])("%s finds %s first", (query, name) => {
    expect(rank(entries, query)[0]?.name).toBe(name);
  });

  it.each(["snapshot_download", "snapshotDownload", "snapshot down"])("finds %s by what it is called here", (query) => {
    const renamed: SearchEntry = {
      name: "downloadFolder",
      text: "Saves files.",
      routes: [],
      aliases: ["snapshotDownload", "snapshot_download"].map((name) => ({ name, note: "no cache" })),
    };
    const closeByWords = entry("hub.snapshot.download", "Something else.", "GET /snapshot");
    expect(rank([...entries, renamed], query)).toEqual([renamed]);
    const shown = query === "snapshot_download" ? query : "snapshotDownload";
    expect(aliasFor(renamed, query)).toEqual({ name: shown, note: "no cache" });
    const isWhole = query !== "snapshot down";
    expect(rank([closeByWords, renamed], query)[0]).toBe(isWhole ? renamed : closeByWords);
  });

  it("reads the names of other clients from the tables that say what is used here", () => {
    const markdown = [
      "| there | here | differences |",
      "| ----- | ---- | ----------- |",
      "| `a`, `b` | `hub.x.y` | with `c` |",
      "| `d` | none | not the Hub's |",
      "",
      "| code | meaning |",
      "| ---- | ------- |",
      "| `e` | `f` |",
    ].join("\n");
    expect(namesElsewhere(markdown)).toEqual([
      { there: ["a", "b"], here: "hub.x.y", differences: "with c" },
      { there: ["d"], here: undefined, differences: "not the Hub's" },
    ]);
    expect(() => namesElsewhere("| a |")).toThrow("no table");
  });

  it("finds nothing for an empty query, or for words that are nowhere", () => {
    expect(rank(entries, " ")).toEqual([]);
    expect(rank(entries, "create unicorn")).toEqual([]);
  });
});

describe("what the playground prints", () => {
  it.each([
    ["text", "text"],
    [["text", 1, null, undefined], '[ "text", 1, null, undefined ]'],
    [{ a: { b: [1] }, "c-d": new Date(0) }, '{ a: { b: [ 1 ] }, "c-d": 1970-01-01T00:00:00.000Z }'],
    [new Map([["a", 1]]), "Map { a: 1 }"],
    [new Uint8Array(3), "Uint8Array of 3 bytes"],
    [new TypeError("no"), "TypeError: no"],
    [[], "[]"],
  ])("%o", (value, text) => {
    expect(inspect(value)).toBe(text);
  });

  it("ends with circles, with depth and with long lists", () => {
    const circle: Record<string, unknown> = {};
    circle["self"] = circle;
    expect(inspect(circle)).toBe("{ self: [circular] }");
    expect(inspect(Array.from({ length: 200 }, () => 0))).toContain("… 100 more");
  });

  it("names what to branch on in an error", () => {
    const facts = { status: 404, code: "RepoNotFound", method: "GET", url: "https://hub.test/", requestId: "r1" };
    const text = failureText(new HubResponseError(facts));
    expect(text).toMatch(/^HubResponseError: .*\n.*code +RepoNotFound\n.*status +404\n.*requestId +r1$/);
  });
});

describe("running code", () => {
  it("takes TypeScript, names that are declared again, and imports", async () => {
    const log = vi.fn();
    const code = 'import { b } from "m";\nconst a: number = b as number;\nconst log2 = 1;\nlog(a + log2, await later);';
    await runCode(code, { log, later: Promise.resolve("x"), a: 0 }, { m: { b: 41 } });
    expect(log).toHaveBeenCalledWith(42, "x");
  });

  it("says what there is to import", async () => {
    await expect(runCode('import x from "y"; x();', {}, { m: {} })).rejects.toThrow(
      "Nothing to import as y; there is m",
    );
  });
});

describe("the fetch that only reads", () => {
  it("sends what reads, and refuses the rest with a reason", async () => {
    const fetch = vi.fn(() => Promise.resolve(Response.json([])));
    const reading = readOnly(fetch);
    await reading("https://hub.test/a");
    await reading("https://hub.test/a", { method: "HEAD" });
    expect(fetch).toHaveBeenCalledTimes(2);
    for (const refused of [
      await reading("https://hub.test/a", { method: "POST" }),
      await reading(new Request("https://hub.test/a", { method: "DELETE" })),
    ]) {
      expect(refused.status).toBe(403);
      expect(await refused.json()).toEqual({ error: expect.stringContaining("was not sent") as string });
    }
    expect(fetch).toHaveBeenCalledTimes(2);
  });
});
