import { spawn } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join, relative } from "node:path";
import type { Document, JsonObject } from "../document/document.js";
import { jsonText } from "../document/json-text.js";
import { normalise } from "../pull/normalise.js";
import { compileScripts } from "./compile-scripts.js";

export interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** A small repository of its own: the real command, a spec/ of fifty operations, and what is generated from it. */
export class Sandbox {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(): Promise<Sandbox> {
    const sandbox = new Sandbox(await mkdtemp(join(tmpdir(), "regenerate-")));
    // The command finds its repository by its own place, so it has to lie in it.
    await compileScripts(join(sandbox.folder, "scripts"));
    await sandbox.write("spec/upstream.json", `${jsonText(normalise(upstream()))}\n`);
    await sandbox.write("spec/overlay/paging.yaml", overlay);
    await sandbox.write("spec/names.yaml", names());
    await sandbox.write("spec/shapes.yaml", "Thing: { at: getThing0 200, properties: [id, label] }\n");
    await sandbox.write("spec/fields.yaml", "getThing0: { since: Where to begin. }\n");
    return sandbox;
  }

  run(...options: string[]): Promise<Outcome> {
    const command = [join(this.folder, "scripts/regenerate.js"), ...options];
    const child = spawn(process.execPath, command, { cwd: this.folder, env: { PATH: process.env["PATH"] } });
    const outcome: Outcome = { code: null, stdout: "", stderr: "" };
    child.stdout.setEncoding("utf8").on("data", (text: string) => (outcome.stdout += text));
    child.stderr.setEncoding("utf8").on("data", (text: string) => (outcome.stderr += text));
    return new Promise((resolve, reject) => {
      child.on("error", reject).on("close", (code) => resolve({ ...outcome, code }));
    });
  }

  async write(path: string, content: string): Promise<string> {
    const whole = join(this.folder, path);
    await mkdir(join(whole, ".."), { recursive: true });
    await writeFile(whole, content);
    return whole;
  }

  read(path: string): Promise<string> {
    return readFile(join(this.folder, path), "utf8");
  }

  /** Every file of spec/ and packages/ with its text. */
  async files(): Promise<Record<string, string>> {
    const entries = ["spec", "packages"].map((name) =>
      readdir(join(this.folder, name), { recursive: true, withFileTypes: true }).catch(() => []),
    );
    const paths = (await Promise.all(entries)).flat().filter((entry) => entry.isFile());
    const texts = paths.map(async ({ parentPath, name }): Promise<[string, string]> => {
      const path = join(parentPath, name);
      return [relative(this.folder, path), await readFile(path, "utf8")];
    });
    return Object.fromEntries(await Promise.all(texts));
  }

  remove(): Promise<void> {
    return rm(this.folder, { recursive: true });
  }
}

const thing: JsonObject = { type: "object", properties: { id: { type: "string" }, label: { type: "string" } } };

/** The document as a server might send it: with prose and made-up defaults. `words` are what says nothing. */
export function upstream(words = "one", count = 50): Document {
  const operations = Array.from({ length: count }, (_, index): [string, Document["paths"][string]] => [
    `/api/things${index}`,
    {
      get: {
        tags: ["things"],
        summary: `Get ${words}`,
        description: words,
        parameters: [{ name: "since", in: "query", schema: { type: "string", default: words } }],
        responses: { "200": { description: words, content: { "application/json": { schema: thing } } } },
      },
    },
  ]);
  return {
    openapi: "3.1.0",
    info: { title: words, version: words },
    servers: [{ url: "https://hub.example" }],
    paths: Object.fromEntries(operations),
  };
}

const overlay = `overlay: 1.1.0
info: { title: Lists, version: 1.0.0 }
actions:
  - target: $.paths['/api/things0'].get
    x-reason: The list continues by Link header.
    update: { x-paging: { scheme: link } }
  - target: $.paths
    x-reason: Upstream does not describe it.
    update: { "/api/others/{id}": { get: { x-hf-addition: {}, tags: [things], responses: {} } } }
`;

const names = (): string =>
  Object.keys(upstream().paths)
    .map((path, index) => `${path}: { get: { id: getThing${index}, summary: "Returns thing ${index}." } }\n`)
    .concat(`/api/others/{id}: { get: { id: getOther, summary: "Returns another thing." } }\n`)
    .join("");
