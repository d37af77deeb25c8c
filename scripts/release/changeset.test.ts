import { mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe as group, expect, it } from "vitest";
import { announce } from "./announce.js";
import { changesets, pullRequestText } from "./changeset.js";
import { describe } from "../diff/describe.js";
import type { Document } from "../document/document.js";
import { documentOf, json, object, text } from "../document/testing.js";

const versions = { raw: "1.0.0", hub: "1.0.0" };
const step = { before: "aaaaaaaaaaaaaaaa", after: "bbbbbbbbbbbbbbbb" };
const before = documentOf({ "GET /api/a": json({ response: object({ a: text }) }) });
const after = documentOf({ "GET /api/a": json({ response: object({ a: text, b: text }) }), "GET /api/b": json({}) });

group("changesets", () => {
  it("there is one for each package that is bumped, named by the step", async () => {
    const files = changesets(await describe(before, after), step, versions);
    expect([...files.keys()]).toEqual(["hub-aaaaaaaa-to-bbbbbbbb-raw.md", "hub-aaaaaaaa-to-bbbbbbbb-hub.md"]);
    expect(files.get("hub-aaaaaaaa-to-bbbbbbbb-raw.md")).toBe(
      '---\n"@hf-api/raw": minor\n---\n\nThe Hub\'s API changed (operations: 1 added, 1 changed).\n\n' +
        "**New and changed**\n\n- New: `GET /api/b`\n- You also get `b` from `GET /api/a`\n",
    );
  });

  it("a package that nobody notices a change of has none", async () => {
    // A new operation is nothing until it has a method.
    const added = documentOf({ "GET /api/a": json({ response: object({ a: text }) }), "GET /api/b": json({}) });
    const files = changesets(await describe(before, added), step, versions);
    expect([...files.keys()]).toEqual(["hub-aaaaaaaa-to-bbbbbbbb-raw.md"]);
  });

  it("a major release of the types is a patch of the methods, which says so", async () => {
    const named = (name: string): Document => ({ ...before, components: { schemas: { [name]: object({ a: text }) } } });
    const files = changesets(await describe(named("A"), named("B")), step, versions);
    expect(files.get("hub-aaaaaaaa-to-bbbbbbbb-hub.md")).toContain('"@hf-api/hub": patch\n');
    expect(files.get("hub-aaaaaaaa-to-bbbbbbbb-hub.md")).toContain("Takes the new types of `@hf-api/raw`");
  });
});

group("before 1.0.0", () => {
  const [whole, less] = [json({ response: object({ a: text, b: text }) }), json({ response: object({ a: text }) })];
  const breaking = (): ReturnType<typeof describe> =>
    describe(documentOf({ "GET /api/a": whole }), documentOf({ "GET /api/a": less }));
  const early = { raw: "0.0.0", hub: "0.3.1" };

  it("a break is a minor release, which still says that it breaks", async () => {
    for (const [name, changeset] of changesets(await breaking(), step, early)) {
      expect(changeset).toMatch(/^---\n"@hf-api\/(raw|hub)": minor\n---\n[^]*\*\*Breaking\*\*/);
      expect(name).toMatch(/-(raw|hub)\.md$/);
    }
    const { title, body } = pullRequestText(await breaking(), early);
    expect(title).toBe("Follow the Hub's API (minor, breaking): operations: 1 changed");
    expect(body).toContain("| `@hf-api/raw` | minor, breaking |\n| `@hf-api/hub` | minor, breaking |");
  });

  it("everything else is a patch", async () => {
    const files = [...changesets(await describe(before, after), step, early).values()];
    expect(files.map((it) => it.split("\n")[1])).toEqual(['"@hf-api/raw": patch', '"@hf-api/hub": patch']);
  });

  it("each package goes by its own version", async () => {
    const files = [...changesets(await breaking(), step, { raw: "1.2.0", hub: "0.9.0" }).values()];
    expect(files.map((it) => it.split("\n")[1])).toEqual(['"@hf-api/raw": major', '"@hf-api/hub": minor']);
  });
});

group("the pull request", () => {
  it("has the releases of both packages, and a title without a word of the document", async () => {
    const { title, body } = pullRequestText(await describe(before, after), versions);
    expect(title).toBe("Follow the Hub's API (minor): operations: 1 added, 1 changed");
    expect(body).toContain("| `@hf-api/raw` | minor |\n| `@hf-api/hub` | minor |");
  });
});

group("announcing", () => {
  let root: string;
  beforeEach(async () => {
    root = await mkdtemp(join(tmpdir(), "announce-"));
    await mkdir(join(root, ".changeset"));
    await mkdir(join(root, "packages/hub/src"), { recursive: true });
    await writeFile(join(root, "packages/hub/src/a.ts"), 'get("/api/a")');
  });
  afterEach(() => rm(root, { recursive: true }));

  const writeAll = async (files: ReadonlyMap<string, string>): Promise<void> => {
    for (const [path, content] of files) await writeFile(path, content);
  };

  it("leaves a changeset alone that is there already, and may be in better words by now", async () => {
    const first = await announce(root, step, before, after);
    await writeAll(first.files);
    const [path = ""] = first.files.keys();
    await writeFile(path, "By hand.");
    const second = await announce(root, step, before, after);
    expect(second.files.size).toBe(0);
    expect(await readFile(path, "utf8")).toBe("By hand.");
  });

  it("takes the pending changesets back when upstream goes back", async () => {
    const there = await announce(root, step, before, after);
    await writeAll(there.files);
    const back = await announce(root, { before: step.after, after: step.before }, after, before);
    expect(back.files.size).toBe(0);
    expect(back.obsolete.sort()).toEqual([...there.files.keys()].sort());
  });
});
