import { existsSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import * as main from "../../src/index.js";
import * as ofNode from "../../src/node/index.js";
import * as oauth from "../../src/oauth/index.js";
import { methodsByNamespace, publicMethods } from "../../samples/public-methods.js";

const folder = new URL("../../", import.meta.url);
const read = (name: string): string => readFileSync(new URL(name, folder), "utf8");
const offers: Record<string, object> = {
  "@hf-api/hub": main,
  "@hf-api/hub/static": main,
  "@hf-api/hub/node": ofNode,
  "@hf-api/hub/oauth": oauth,
};
const methods = new Set(publicMethods().map(({ method }) => `hub.${method}`));

describe.each(["README.md", "llms.txt", "AGENTS.md", "MIGRATING.md"])("%s", (name) => {
  const text = read(name);

  it("calls only what there is", () => {
    const called = [...text.matchAll(/\bhub\.(?!raw\b|rateLimits\b)\w+(?:\.\w+)+(?=\()/g)].map(([call]) => call);
    expect(called.filter((call) => !methods.has(call))).toEqual([]);
  });

  it("imports only what there is", () => {
    const imports = [...text.matchAll(/^import \{ ([^}]+) \} from "([^"]+)";$/gm)];
    const missing = imports.flatMap(([, names = "", from = ""]) =>
      names.split(", ").filter((imported) => !imported.startsWith("type ") && !(imported in (offers[from] ?? {}))),
    );
    expect(missing).toEqual([]);
  });

  it("is in the published package", () => {
    const { files } = JSON.parse(read("package.json")) as { files: string[] };
    // npm publishes a README whether or not it is listed.
    if (name !== "README.md") expect(files).toContain(name);
    expect(existsSync(new URL(name, folder))).toBe(true);
  });
});

describe("llms.txt", () => {
  it("lists every method; `vitest -u` brings it up to date", async () => {
    const text = read("llms.txt");
    const heading = "## Methods\n";
    const end = text.indexOf("\n\n", text.indexOf("\n\n", text.indexOf(heading)) + 1);
    const lines = [...methodsByNamespace()].map(([namespace, names]) => `- ${namespace}: ${names.join(", ")}`);
    expect(text).toContain(heading);
    await expect(`${text.slice(0, end)}\n\n${lines.join("\n")}\n`).toMatchFileSnapshot("../../llms.txt");
  });
});
