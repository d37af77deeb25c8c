import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { draftMark } from "../release/draft.js";
import { Sandbox, upstream, type Outcome } from "./sandbox.js";

async function own(use: (sandbox: Sandbox) => Promise<void>): Promise<void> {
  const sandbox = await Sandbox.make();
  try {
    expect(await sandbox.run("--offline")).toMatchObject({ code: 0, stderr: "" });
    await use(sandbox);
  } finally {
    await sandbox.remove();
  }
}

async function follow(sandbox: Sandbox, document: Document, ...options: string[]): Promise<Outcome> {
  const source = await sandbox.write("source.json", JSON.stringify(document));
  const [text, report] = ["request.md", "stop.md"].map((name) => join(sandbox.folder, name));
  return await sandbox.run("--from", source, "--pull-request", text ?? "", "--report", report ?? "", ...options);
}

function without(path: string): Document {
  const document = upstream();
  delete document.paths[path];
  return document;
}

describe.concurrent("an operation that the document has lost", () => {
  it("stays callable, as an addition that is deprecated", () =>
    own(async (sandbox) => {
      const { code, stdout } = await follow(sandbox, without("/api/things9"));
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining("GET /api/things9: kept as an addition"),
      });
      expect(await sandbox.read("spec/overlay/lost.yaml")).toMatch(
        /target: \$\.paths\n {4}x-reason: .*\n {4}x-guess: .*\n {4}update:\n {6}\/api\/things9:\n {8}get:\n/,
      );
      expect(await sandbox.read("packages/raw/src/generated/operations.ts")).toMatch(
        /getThing9: \{[^}]*"\/api\/things9"[^}]*"addition":true\}/,
      );
      expect(await sandbox.read("packages/raw/src/generated/schema.d.ts")).toMatch(
        /@deprecated[^/]*\*\/\s+get: operations\["getThing9"\]/,
      );
      expect(await sandbox.run("--offline", "--check")).toMatchObject({ code: 0, stderr: "" });
    }));

  it("makes a draft with the two choices that there are", () =>
    own(async (sandbox) => {
      await follow(sandbox, without("/api/things9"));
      const text = await sandbox.read("request.md");
      expect(text).toContain(draftMark);
      expect(text).toContain("- [ ] `GET /api/things9` is no longer in the Hub's document\n");
      expect(text).toContain("1. Keep it as undocumented");
      expect(text).toContain("2. Remove it, which breaks those who use it");
      expect(text).toContain("The checks pass as it is.");
    }));

  it("is the document's again when it is back, and nothing is left of the addition", () =>
    own(async (sandbox) => {
      const before = await sandbox.files();
      await follow(sandbox, without("/api/things9"));
      const { code, stdout } = await follow(sandbox, upstream());
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringContaining("GET /api/things9: described again"),
      });
      expect(await sandbox.files()).toEqual(before);
      expect(await sandbox.read("request.md")).not.toContain(draftMark);
    }));

  it("is corrected by the overlay as before", () =>
    own(async (sandbox) => {
      const document = without("/api/things0");
      expect(await follow(sandbox, document)).toMatchObject({ code: 0 });
      expect(await sandbox.read("packages/raw/src/generated/operations.ts")).toMatch(
        /getThing0: \{[^}]*"paging":"link"/,
      );
    }));

  it("is kept beside those that were lost before", () =>
    own(async (sandbox) => {
      await follow(sandbox, without("/api/things9"));
      const document = without("/api/things9");
      delete document.paths["/api/things7"];
      expect(await follow(sandbox, document, "--accept-loss")).toMatchObject({ code: 0, stderr: "" });
      const overlay = await sandbox.read("spec/overlay/lost.yaml");
      expect(Array.from(overlay.matchAll(/^ {6}(\/api\/\w+):$/gm), ([, path]) => path)).toEqual([
        "/api/things7",
        "/api/things9",
      ]);
      expect(await sandbox.read("request.md")).not.toContain("`GET /api/things9` is no longer");
    }));
});

describe.concurrent("a path that moved", () => {
  const moved = (from: string, to: string): Document => {
    const document = upstream();
    const { [from]: item, ...others } = document.paths;
    return { ...document, paths: { ...others, ...(item === undefined ? {} : { [to]: item }) } };
  };

  it("keeps its name and its corrections, and is shown to the reader", () =>
    own(async (sandbox) => {
      const { code, stdout } = await follow(sandbox, moved("/api/things0", "/api/moved/things0"));
      expect({ code, stdout }).toEqual({
        code: 0,
        stdout: expect.stringMatching(/ moved .* \/api\/things0 → \/api\/moved\/things0\n/) as string,
      });
      expect(await sandbox.read("packages/raw/src/generated/operations.ts")).toMatch(
        /getThing0: \{[^}]*"\/api\/moved\/things0"[^}]*"paging":"link"/,
      );
      expect(await sandbox.read("spec/names.yaml")).not.toContain("/api/things0:");
      expect(await sandbox.read("spec/overlay/paging.yaml")).toContain("$.paths['/api/moved/things0'].get");
      const text = await sandbox.read("request.md");
      expect(text).not.toContain(draftMark);
      expect(text).toContain("- `/api/things0` moved to `/api/moved/things0`, and its methods follow.\n");
      expect(await sandbox.run("--offline", "--check")).toMatchObject({ code: 0, stderr: "" });
    }));

  it("whose parameters are called otherwise is lost, and the other one new", () =>
    own(async (sandbox) => {
      const { code, stdout } = await follow(sandbox, moved("/api/things9", "/api/things9/{id}"));
      expect(code).toBe(0);
      expect(stdout).toContain("GET /api/things9: kept as an addition");
      expect(await sandbox.read("request.md")).toContain(draftMark);
    }));
});

describe.concurrent("what no longer fits", () => {
  const unfit = (): Document => {
    const document = upstream();
    Object.assign(document.paths["/api/things0"]?.["get"] ?? {}, { responses: {} });
    return document;
  };
  const reason = "spec/shapes.yaml: there is no getThing0 200, which holds the shape Thing";

  it("makes a draft with the types as far as they can be generated", () =>
    own(async (sandbox) => {
      const { code, stdout } = await follow(sandbox, unfit());
      expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringContaining(`decide`) });
      const text = await sandbox.read("request.md");
      expect(text).toContain(draftMark);
      expect(text).toContain(`### Named shapes\n\n- [ ] \`${reason}`);
      expect(text).toContain("the checks stay red");
      expect(await sandbox.read("packages/raw/src/generated/schema.d.ts")).not.toContain("export interface Thing ");
      await expect(sandbox.read("stop.md")).rejects.toThrow("ENOENT");
    }));

  it("is told to whoever settles it on the branch, until it is settled", () =>
    own(async (sandbox) => {
      await follow(sandbox, unfit());
      const { code, stderr } = await sandbox.run("--offline");
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining(reason) });
      await sandbox.write("spec/shapes.yaml", "Thing: { at: getThing1 200, properties: [id, label] }\n");
      expect(await sandbox.run("--offline")).toMatchObject({ code: 0, stderr: "" });
    }));

  it("stops the run as long as the document itself cannot be believed", () =>
    own(async (sandbox) => {
      const before = await sandbox.files();
      const { code, stderr } = await follow(sandbox, { ...unfit(), servers: [{ url: "https://hub.example.com" }] });
      expect({ code, stderr }).toEqual({ code: 1, stderr: expect.stringContaining("its servers changed") });
      expect(await sandbox.files()).toEqual(before);
      await expect(sandbox.read("request.md")).rejects.toThrow("ENOENT");
      expect(await sandbox.read("stop.md")).toContain("its servers changed");
    }));
});
