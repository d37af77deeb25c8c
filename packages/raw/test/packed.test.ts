import { execFile, execFileSync } from "node:child_process";
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";

const packageFolder = fileURLToPath(new URL("..", import.meta.url));
let project: string;

beforeAll(() => {
  project = mkdtempSync(join(tmpdir(), "raw-packed-"));
  const npm = process.platform === "win32" ? "npm.cmd" : "npm";
  const [packed] = JSON.parse(
    execFileSync(npm, ["pack", "--json", "--ignore-scripts", "--pack-destination", project], {
      cwd: packageFolder,
      encoding: "utf8",
    }),
  ) as [{ filename: string }];
  const scope = join(project, "node_modules/@hf-api");
  mkdirSync(scope, { recursive: true });
  execFileSync("tar", ["-xzf", join(project, packed.filename), "-C", scope]);
  cpSync(join(scope, "package"), join(scope, "raw"), { recursive: true });
  // What the package depends on, as an installer would lay it out.
  const openapiFetch = realpathSync(join(packageFolder, "node_modules/openapi-fetch"));
  symlinkSync(openapiFetch, join(project, "node_modules/openapi-fetch"), "junction");
  const helpers = join(dirname(openapiFetch), "openapi-typescript-helpers");
  symlinkSync(realpathSync(helpers), join(project, "node_modules/openapi-typescript-helpers"), "junction");
  writeFileSync(join(project, "package.json"), JSON.stringify({ type: "module" }));
});

/** What the compiler says of a file; throws where it finds a mistake. */
function check(file: string): string {
  const tsc = join(packageFolder, "node_modules/typescript/bin/tsc");
  const options = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2022", "--skipLibCheck"];
  return execFileSync(process.execPath, [tsc, ...options, file], { cwd: project, encoding: "utf8" });
}

afterAll(() => rmSync(project, { recursive: true, force: true }));

describe("the packed package, away from this repository", () => {
  it("calls the Hub and encodes a revision as one segment", async () => {
    const seen: string[] = [];
    const server = createServer((request, response) => {
      seen.push(`${request.method} ${request.url} ${request.headers.authorization}`);
      response.setHeader("content-type", "application/json").end('{"_id":"1","id":"a/b"}');
    }).listen(0, "127.0.0.1");
    await new Promise((resolve) => server.once("listening", resolve));
    const endpoint = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
    writeFileSync(
      join(project, "call.js"),
      `import { createRawClient } from "@hf-api/raw";
import { operations } from "@hf-api/raw/operations";
const raw = createRawClient({ token: "hf_x", endpoint: ${JSON.stringify(endpoint)} });
const path = { namespace: "a", repo: "b", rev: "refs/pr/1" };
const { data } = await raw.GET(operations.getModelRevision.path, { params: { path, query: { expand: ["sha"] } } });
console.log(data.id);`,
    );
    const output = await new Promise<string>((resolve, reject) => {
      execFile(process.execPath, ["call.js"], { cwd: project }, (error, stdout) =>
        error ? reject(error) : resolve(stdout),
      );
    });
    server.close();
    expect(output.trim()).toBe("a/b");
    expect(seen).toEqual(["GET /api/models/a/b/revision/refs%2Fpr%2F1?expand=sha Bearer hf_x"]);
  });

  it("type-checks the example of its README, and refuses a wrong path", () => {
    const readme = readFileSync(join(project, "node_modules/@hf-api/raw/README.md"), "utf8");
    const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1] ?? "";
    const program = `declare const process: { env: Record<string, string> };\n${example}`;
    writeFileSync(join(project, "example.ts"), program);
    writeFileSync(join(project, "wrong.ts"), program.replace("/revision/{rev}", "/revison/{rev}"));
    expect(check("example.ts")).toBe("");
    expect(() => check("wrong.ts")).toThrow();
  });

  it("types a middleware, constant lists and the shapes by their names, without another package", () => {
    const program = `import { createRawClient, type Middleware, type ModelInfo, type RawClient, type RepoSibling } from "@hf-api/raw";
const log: Middleware = { onRequest: ({ request, schemaPath }) => console.log(request.url, schemaPath) };
const raw: RawClient = createRawClient();
raw.use(log);
const fields = ["siblings", "tags"] as const;
const path = { namespace: "a", repo: "b" };
const { data } = await raw.GET("/api/models/{namespace}/{repo}", { params: { path, query: { expand: fields } } });
const model: ModelInfo | undefined = data;
const files: RepoSibling[] | undefined = model?.siblings;
model?.tags?.push(files?.[0]?.rfilename ?? "");
export {};`;
    writeFileSync(join(project, "names.ts"), program);
    writeFileSync(join(project, "wrong-field.ts"), program.replace('"tags"] as', '"tagz"] as'));
    writeFileSync(join(project, "wrong-name.ts"), program.replace("?.rfilename", "?.filename"));
    expect(check("names.ts")).toBe("");
    expect(() => check("wrong-field.ts")).toThrow();
    expect(() => check("wrong-name.ts")).toThrow();
  });

  it("holds the merged document", () => {
    const document = JSON.parse(
      readFileSync(join(project, "node_modules/@hf-api/raw/src/generated/openapi.json"), "utf8"),
    ) as {
      paths: object;
    };
    expect(document.paths).toHaveProperty("/api/models");
  });
});
