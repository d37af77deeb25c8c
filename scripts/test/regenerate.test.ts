import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { rm } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Document } from "../document/document.js";
import { Sandbox, upstream, type Outcome } from "./sandbox.js";

let sandbox: Sandbox;
let before: Record<string, string>;

beforeAll(async () => {
  sandbox = await Sandbox.make();
  const { code, stderr } = await sandbox.run("--offline");
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
  before = await sandbox.files();
});
afterAll(() => sandbox.remove());

let server: Server;
beforeAll(async () => {
  server = createServer(({ url }, response) => {
    response.writeHead(Number(url?.slice(1)), { "content-type": "application/json" }).end("{}");
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
});
afterAll(() => void server.close());

/** Takes the text as the document. */
async function regenerateFrom(text: string, ...options: string[]): Promise<Outcome> {
  const source = await sandbox.write(`source-${Math.random()}.json`, text);
  return sandbox.run("--from", source, ...options);
}

/** Expects a line for each refusal, and every file as it was. */
async function expectRefusal({ code, stderr }: Outcome, message: string): Promise<void> {
  expect(stderr).toMatch(/^regenerate: [^\n]+\n(?:- [^\n]+\n)*$/);
  expect(stderr).toContain(message);
  expect(code).toBe(1);
  expect(await sandbox.files()).toEqual(before);
}

const changed = (change: (document: Document) => void): string => {
  const document = upstream();
  change(document);
  return JSON.stringify(document);
};
const operation = (document: Document): Document["paths"][string][string] => {
  const found = document.paths["/api/things0"]?.["get"];
  if (found === undefined) throw new Error("The fixture has lost its first operation.");
  return found;
};

describe.concurrent("bad input ends in plain lines and changes nothing", () => {
  const whole = JSON.stringify(upstream());

  it.each([
    [404, "responded with 404; nothing was changed."],
    [500, "it responded with 500."],
  ])("a server that responses %i", async (status, message) => {
    const { port } = server.address() as AddressInfo;
    await expectRefusal(await sandbox.run("--from", `http://127.0.0.1:${port}/${status}`), message);
  });

  it.each<[string, string, string]>([
    ["HTML", "<!doctype html>\n<title>Maintenance</title>", "The source is HTML, not JSON"],
    ["an empty text", "", "The source is empty"],
    ["truncated text", whole.slice(0, -100), "The source is not complete JSON"],
    ["text that breaks off in the middle of several lines", `{\n "a": x\n}`, "The source is not complete JSON"],
    ["an empty object", "{}", "no OpenAPI 3.1 document"],
    ["null", "null", "The source is JSON but no object"],
    ["an error message", `{"error":"Down"}`, "no OpenAPI 3.1 document"],
    ["a version of several lines", `{"openapi":"4\\n::set-output"}`, "no OpenAPI 3.1 document"],
    ["no paths", `{"openapi":"3.1.0","paths":{}}`, "The document has no paths"],
    ["a third of the operations lost", JSON.stringify(upstream("one", 33)), "it lost 17 of 50 operations"],
    [
      "a reference to a file",
      changed(
        (document) => (operation(document)["requestBody"] = { content: { json: { schema: { $ref: "/etc/passwd" } } } }),
      ),
      'GET /api/things0 has the $ref "/etc/passwd", which names no component',
    ],
    ["a __proto__ key", whole.replace('"tags"', '"__proto__":{},"tags"'), "has a __proto__ key"],
    [
      "a backtick in a name",
      changed((document) => (operation(document)["parameters"] = [{ name: "a`b", in: "query" }])),
      "GET /api/things0 has a parameter named",
    ],
    [
      "another server",
      changed((document) => (document["servers"] = [{ url: "https://hub.example.com" }])),
      "its servers changed",
    ],
    [
      "what the overlay adds",
      changed(({ paths }) => (paths["/api/others/{id}"] = { get: { responses: {} } })),
      "spec/overlay/paging.yaml at $.paths: upstream now describes GET /api/others/{id}; remove it from this action; its reason was: Upstream does not describe it.",
    ],
    [
      "what we added under another name of its parameter",
      changed(({ paths }) => (paths["/api/others/{name}"] = { get: {} })),
      "Upstream now describes GET /api/others/{id}, as GET /api/others/{name}; remove the addition from spec/overlay",
    ],
    [
      "a path parameter that is not in the path",
      changed((document) => (operation(document)["parameters"] = [{ name: "id", in: "path" }])),
      "GET /api/things0 declares the path parameter id, which is not in its path; correct it in spec/overlay",
    ],
    [
      "a path with one parameter twice",
      changed(({ paths }) => (paths["/api/{x}/{x}"] = { get: { responses: {} } })),
      "GET /api/{x}/{x} has {x} twice in its path; correct it in spec/overlay",
    ],
    [
      "an unknown type",
      whole.replace('"type":"string"', '"type":"strnig"'),
      'Expected one of array, boolean, integer, null, number, object and string at schema.type of the query parameter since of GET /api/things0, found "strnig"',
    ],
    [
      "a property that every object has",
      whole.replace('"label":', '"hasOwnProperty":'),
      "The name hasOwnProperty at #/paths//api/things0/get/responses/200/content/application/json/schema/properties is one",
    ],
    [
      "an operation whose provisional name is taken",
      changed(({ paths }) => {
        paths["/api/a-b"] = { get: { responses: {} } };
        paths["/api/a/b"] = { get: { responses: {} } };
      }),
      "would both be called getAB; give one of them another id under its path and verb in spec/names.yaml",
    ],
    [
      "a shape that lost its holder",
      changed((document) => (operation(document)["responses"] = {})),
      "spec/shapes.yaml: there is no getThing0 200, which holds the shape Thing. If it has moved, name its new place; if it is gone, delete the shape, which is a break. It fits getThing1 200 (49 places).",
    ],
    [
      "a lost field that we have words for",
      changed((document) => (operation(document)["parameters"] = [])),
      "spec/fields.yaml: getThing0 has no field since; it has none. Correct the name, or delete the entry.",
    ],
  ])("%s", async (_, text, message) => {
    await expectRefusal(await regenerateFrom(text), message);
  });

  it("a file that is missing", async () => {
    await expectRefusal(await sandbox.run("--from", "missing.json"), "there is no such file");
  });

  it.each([
    [["--form", "x"], "Unknown option '--form' (did you mean --from?); see pnpm regenerate --help."],
    [["./openapi.json"], "Unexpected argument './openapi.json'"],
    [["--from"], "--from"],
    [["--from="], "Option '--from' needs a value; see pnpm regenerate --help."],
    [["--ofline"], "Unknown option '--ofline' (did you mean --offline?); see pnpm regenerate --help."],
    [["--offline", "--from", "x.json"], "--offline takes the snapshot, --from another document; give one of them."],
    [["--offline", "--pull-request", "none/a.md"], "--pull-request names none/a.md, whose folder does not exist"],
  ])("the options %j", async (options, message) => {
    await expectRefusal(await sandbox.run(...options), message);
  });
});

describe.concurrent("good input", () => {
  it("that says the same writes nothing, however it says it", async () => {
    const { code, stdout, stderr } = await regenerateFrom(JSON.stringify(upstream("other words")));
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    expect(stdout).toContain("(no change)");
    expect(stdout).toContain("nothing to change");
    expect(await sandbox.files()).toEqual(before);
  });

  it("passes --check", async () => {
    expect(await sandbox.run("--offline", "--check")).toMatchObject({ code: 0, stderr: "" });
    expect(await sandbox.files()).toEqual(before);
  });

  it("leaves only spec/ and the generated folder changed", () => {
    expect(Object.keys(before).sort()).toEqual([
      "packages/raw/src/generated/openapi.json",
      "packages/raw/src/generated/operations.ts",
      "packages/raw/src/generated/schema.d.ts",
      "spec/fields.yaml",
      "spec/names.yaml",
      "spec/overlay/paging.yaml",
      "spec/shapes.yaml",
      "spec/upstream.json",
    ]);
  });
});

describe.concurrent("in a repository of its own,", () => {
  const own = async (use: (sandbox: Sandbox) => Promise<void>): Promise<void> => {
    const fresh = await Sandbox.make();
    await use(fresh).finally(() => fresh.remove());
  };

  it("an operation that is new gets a provisional name and is reported", () =>
    own(async (repository) => {
      const document = upstream();
      document.paths["/api/new/{id}"] = { get: { tags: ["things"], responses: {} } };
      const source = await repository.write("source.json", JSON.stringify(document));
      const { code, stdout } = await repository.run("--from", source);
      expect(code).toBe(0);
      expect(stdout).toContain("GET /api/new/{id}: provisionally getNewById; name it in spec/names.yaml");
      expect(await repository.read("packages/raw/src/generated/operations.ts")).toContain("  getNewById: {");
      expect(await repository.read("spec/upstream.json")).toContain("/api/new/{id}");
    }));

  it("a shape keeps its holder's type where something else comes to fit it, which is told", () =>
    own(async (repository) => {
      expect(await repository.run("--offline")).toMatchObject({ code: 0 });
      const types = await repository.read("packages/raw/src/generated/schema.d.ts");
      const document = upstream();
      for (const [path, item] of Object.entries(document.paths)) {
        if (path === "/api/things0") continue;
        const response = JSON.stringify(item).replace('"id":', '"added":{"type":"number"},"id":');
        document.paths[path] = JSON.parse(response) as Document["paths"][string];
      }
      const source = await repository.write("source.json", JSON.stringify(document));
      const { code, stdout } = await repository.run("--from", source);
      expect(code).toBe(0);
      expect(stdout).toMatch(
        /look at .* `getThing1 200`, .* and 44 more would fit the shape Thing, which `getThing0 200` holds/,
      );
      const thing = /export interface Thing \{[^}]*\}/;
      expect(thing.exec(await repository.read("packages/raw/src/generated/schema.d.ts"))?.[0]).toBe(
        thing.exec(types)?.[0],
      );
    }));

  it("--check fails on a stale file and leaves it so", () =>
    own(async (repository) => {
      for (const [path, text] of Object.entries(before)) await repository.write(path, text);
      const path = "packages/raw/src/generated/operations.ts";
      const stale = `${await repository.read(path)}// edited\n`;
      await repository.write(path, stale);
      const { code, stdout, stderr } = await repository.run("--offline", "--check");
      expect(stderr).toBe("regenerate: Generated files are stale; run pnpm regenerate --offline.\n");
      expect(code).toBe(1);
      expect(stdout.split("\n").filter((line) => line.includes("differs"))).toEqual([expect.stringContaining(path)]);
      expect(await repository.files()).toEqual({ ...before, [path]: stale });
    }));

  it("--accept-loss takes a document that has become smaller", () =>
    own(async (repository) => {
      const names = (await repository.read("spec/names.yaml")).split("\n");
      await repository.write("spec/names.yaml", names.slice(0, 20).join("\n"));
      const source = await repository.write("source.json", JSON.stringify(upstream("one", 20)));
      expect(await repository.run("--from", source)).toMatchObject({ code: 1 });
      expect(await repository.run("--from", source, "--accept-loss")).toMatchObject({ code: 0, stderr: "" });
      const table = await repository.read("packages/raw/src/generated/operations.ts");
      expect(table.match(/^ {2}getThing\d+: /gm)).toHaveLength(20);
    }));

  it("a snapshot that is broken ends in one line", () =>
    own(async (repository) => {
      await repository.write("spec/upstream.json", "{ broken\n");
      const { code, stderr } = await repository.run("--offline");
      expect(stderr).toMatch(
        /^regenerate: spec\/upstream\.json is broken; settle its conflicts, or pull it again with pnpm regenerate\. The source is not complete JSON [^\n]+\n$/,
      );
      expect(code).toBe(1);
    }));

  it("a snapshot that is broken is mended by a good document", () =>
    own(async (repository) => {
      const good = await repository.read("spec/upstream.json");
      await repository.write("spec/upstream.json", `<<<<<<< HEAD\n${good}`);
      const source = await repository.write("source.json", JSON.stringify(upstream()));
      const { code, stdout, stderr } = await repository.run("--from", source);
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain("spec/upstream.json is broken and taken for none");
      expect(await repository.read("spec/upstream.json")).toBe(good);
    }));

  it("a generated document with conflicts is named, and what to do about it", () =>
    own(async (repository) => {
      await repository.write("packages/raw/src/generated/openapi.json", "<<<<<<< HEAD\n{}\n");
      const document = upstream();
      document.paths["/api/new"] = { get: { tags: ["things"], responses: {} } };
      const source = await repository.write("source.json", JSON.stringify(document));
      const { code, stderr } = await repository.run("--from", source);
      expect(stderr).toMatch(
        /^regenerate: \S+generated[\\/]openapi\.json is no JSON; settle its conflicts, or make it/,
      );
      expect(stderr.split("\n")).toHaveLength(2);
      expect(code).toBe(1);
    }));

  it("a place more of a correction that counts at least is told, in the pull request as well", () =>
    own(async (repository) => {
      const action = `target: "$.paths[*].get.parameters[?@.name == 'since']", x-reason: "We saw it.", x-at-least: 50`;
      const head = "overlay: 1.1.0\ninfo: { title: A, version: 1.0.0 }\nactions:\n";
      await repository.write("spec/overlay/since.yaml", `${head}  - { ${action}, update: { x-a: 1 } }\n`);
      expect(await repository.run("--offline")).toMatchObject({ code: 0 });
      const document = upstream();
      document.paths["/api/new"] = { get: { ...operation(document), tags: ["things"] } };
      const source = await repository.write("source.json", JSON.stringify(document));
      const text = join(repository.folder, "request.md");
      const { code, stdout } = await repository.run("--from", source, "--pull-request", text);
      const told =
        "spec/overlay/since.yaml at $.paths[*].get.parameters[?@.name == 'since'] holds in 1 place(s) more: `GET /api/new parameters.since`. Its reason: We saw it.";
      expect(code).toBe(0);
      expect(stdout).toContain(told);
      expect(await repository.read("request.md")).toContain(`## Please look at\n\n- ${told}\n`);
    }));

  it("everything that no longer fits is told at once, and reported for an issue until a run is green", () =>
    own(async (repository) => {
      const shapes = await repository.read("spec/shapes.yaml");
      await repository.write("spec/shapes.yaml", `${shapes}Lost: { properties: [nowhere] }\n`);
      const document = upstream();
      document["servers"] = [{ url: "https://hub.example.com" }];
      Object.assign(operation(document), { responses: {}, parameters: [] });
      document.paths["/api/others/{id}"] = { get: { responses: {} } };
      const report = join(repository.folder, "stop.md");
      const source = await repository.write("source.json", JSON.stringify(document));
      const { code, stdout, stderr } = await repository.run("--from", source, "--report", report);
      expect(code).toBe(1);
      const lines = stderr.trim().split("\n").slice(1);
      expect(lines).toEqual([
        expect.stringContaining("its servers changed"),
        expect.stringContaining("spec/overlay/paging.yaml at $.paths: upstream now describes GET /api/others/{id}"),
        expect.stringContaining("spec/shapes.yaml: there is no getThing0 200, which holds the shape Thing"),
        expect.stringContaining("spec/shapes.yaml: Lost needs at"),
        expect.stringContaining("spec/fields.yaml: getThing0 has no field since"),
      ]);
      expect(stdout).toMatch(/no longer send the query parameter `since` to `GET \/api\/things0`/);
      const text = await repository.read("stop.md");
      expect(text.split("\n")[0]).toBe(
        "The Hub's API is not followed at present: the document, corrections, named shapes, words for fields",
      );
      for (const line of lines) expect(text).toContain(`- \`${line.slice(2, 40)}`);
      expect(text).toMatch(/## What changed upstream\n\n\*\*Breaking\*\*[^]*`GET \/api\/things0`/);
      await repository.write("spec/shapes.yaml", shapes);
      expect(await repository.run("--offline", "--report", report)).toMatchObject({ code: 0 });
      await expect(repository.read("stop.md")).rejects.toThrow("ENOENT");
    }));

  it("all expectations that do not hold are told, a line each", () =>
    own(async (repository) => {
      const actions = ["a", "b"].map(
        (name) => `  - { target: "$.paths['/${name}']", x-reason: "We saw ${name}.", remove: true }\n`,
      );
      const head = "overlay: 1.1.0\ninfo: { title: A, version: 1.0.0 }\nactions:\n";
      await repository.write("spec/overlay/wrong.yaml", head + actions.join(""));
      const { code, stderr } = await repository.run("--offline");
      expect(stderr.split("\n")).toEqual([
        "regenerate: 2 expectations of the overlay no longer hold:",
        "- spec/overlay/wrong.yaml at $.paths['/a']: found 0 nodes, expected 1; its reason was: We saw a. Delete the action if upstream has repaired this; mend its target if it has moved.",
        "- spec/overlay/wrong.yaml at $.paths['/b']: found 0 nodes, expected 1; its reason was: We saw b. Delete the action if upstream has repaired this; mend its target if it has moved.",
        "",
      ]);
      expect(code).toBe(1);
    }));

  it("a file of spec/ that is missing ends in one line", () =>
    own(async (repository) => {
      await rm(join(repository.folder, "spec/names.yaml"));
      const { code, stderr } = await repository.run("--offline");
      expect(stderr).toMatch(/^regenerate: Cannot read \S+names\.yaml \(ENOENT\); take it from git\.\n$/);
      expect(code).toBe(1);
    }));

  it.each([
    ["spec/names.yaml", "", "spec/names.yaml holds no names"],
    ["spec/shapes.yaml", "Thing: { propertys: [id] }\n", "spec/shapes.yaml knows no propertys"],
  ])("a broken %s ends in one line", (path, text, message) =>
    own(async (repository) => {
      await repository.write(path, text);
      const { code, stderr } = await repository.run("--offline");
      expect(stderr).toMatch(/^regenerate: [^\n]+\n$/);
      expect(stderr).toContain(message);
      expect(code).toBe(1);
    }),
  );
});
