import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { git } from "../cli/git.js";
import { Sandbox, upstream, type Outcome } from "./sandbox.js";

let sandbox: Sandbox;
let before: Record<string, string>;
beforeEach(async () => {
  sandbox = await Sandbox.make();
  await sandbox.write(".changeset/config.json", "{}");
  expect((await sandbox.run("--offline")).code).toBe(0);
  before = await sandbox.files();
});
afterEach(() => sandbox.remove());

async function follow(document: Document, ...options: string[]): Promise<Outcome> {
  const source = await sandbox.write("source.json", JSON.stringify(document));
  return await sandbox.run("--from", source, ...options);
}

const changesets = async (): Promise<string[]> =>
  (await readdir(join(sandbox.folder, ".changeset"))).filter((name) => name.endsWith(".md")).sort();

/** The document with another parameter in one operation. */
function changed(): Document {
  const document = upstream("two");
  const parameters = document.paths["/api/things0"]?.["get"]?.["parameters"];
  if (Array.isArray(parameters)) parameters.push({ name: "limit", in: "query", schema: { type: "integer" } });
  return document;
}

describe("noise", () => {
  it("changes no file and announces nothing", async () => {
    const { code, stdout } = await follow(upstream("two"));
    expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining("nothing to change") });
    expect(await sandbox.files()).toEqual(before);
    expect(await changesets()).toEqual([]);
  });

  it("is told early where everything is committed, and not where somebody is at work in spec/", async () => {
    const { folder } = sandbox;
    await sandbox.write(".gitignore", "node_modules\nsource.json\n");
    await git(folder, "init", "-q");
    await git(folder, "add", "--all");
    await git(folder, "-c", "user.name=t", "-c", "user.email=t@localhost", "commit", "-q", "-m", "Start");
    expect((await follow(upstream("two"))).stdout).toContain("every file is left alone");
    await sandbox.write("spec/shapes.yaml", "Item: { at: getThing0 200, properties: [id, label] }\n");
    expect((await follow(upstream("two"))).stdout).toContain("wrote");
    expect(await sandbox.read("packages/raw/src/generated/schema.d.ts")).toContain("Item");
  });
});

describe("a change", () => {
  it("is announced to both packages, once, and told for the pull request", async () => {
    const file = join(sandbox.folder, "pull-request.md");
    const { code, stdout } = await follow(changed(), "--pull-request", file);
    expect(code).toBe(0);
    expect(stdout).toContain("- You can send the query parameter `limit` to `GET /api/things0`");
    expect(await readFile(file, "utf8")).toMatch(
      /^Follow the Hub's API \(patch\): operations: 1 changed\n\n\| package/,
    );
    const first = await changesets();
    expect(first.map((name) => name.replace(/[0-9a-f]{8}/g, "#"))).toEqual(["hub-#-to-#-hub.md", "hub-#-to-#-raw.md"]);
    const files = await sandbox.files();
    expect((await follow(changed())).code).toBe(0);
    expect(await changesets()).toEqual(first);
    expect(await sandbox.files()).toEqual(files);
  });

  it("that upstream takes back takes its announcement along", async () => {
    await follow(changed());
    expect(await changesets()).toHaveLength(2);
    await follow(upstream());
    expect(await changesets()).toEqual([]);
    expect(await sandbox.files()).toEqual(before);
  });

  it("is not written by --check", async () => {
    expect((await follow(changed(), "--check")).code).toBe(1);
    expect(await changesets()).toEqual([]);
    expect(await sandbox.files()).toEqual(before);
  });
});

describe("an operation that moved", () => {
  it("keeps its name and is followed, and it says where the operation went", async () => {
    const document = upstream();
    const { "/api/things1": moved, ...paths } = document.paths;
    document.paths = { ...paths, "/api/things1/moved": moved ?? {} };
    const { code, stdout, stderr } = await follow(document);
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("/api/things1 → /api/things1/moved");
    expect(stdout).toContain("Moved: `GET /api/things1` → `GET /api/things1/moved`");
    expect(await sandbox.read("spec/names.yaml")).toContain("/api/things1/moved:");
  });
});
