import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, it } from "vitest";
import { parseDocument } from "../pull/check-document.js";
import { isObject, operationsOf, type Document, type OperationAt } from "../document/document.js";
import { emit, header } from "../emit/emit.js";
import { jsonText } from "../document/json-text.js";
import { fingerprint } from "../pull/normalise.js";
import { readKnowledge, type Knowledge } from "../merge/knowledge.js";
import { merge, type Merged } from "../merge/merge.js";
import { playgroundLink } from "../emit/playground.js";
import { documentedOperations } from "./documented-operations.js";

const root = fileURLToPath(new URL("../..", import.meta.url));
const read = (path: string): Promise<string> => readFile(join(root, path), "utf8");
const generated = "packages/raw/src/generated";

let snapshot: string;
let upstream: Document;
let knowledge: Knowledge;
let merged: Merged;
let operations: OperationAt[];

beforeAll(async () => {
  snapshot = await read("spec/upstream.json");
  upstream = parseDocument(snapshot);
  knowledge = await readKnowledge(join(root, "spec"));
  merged = merge(upstream, knowledge);
  operations = [...operationsOf(merged.document)];
});

describe("the snapshot", () => {
  it("is normalised: no prose, no order that says nothing, no made-up default", () => {
    expect(snapshot === `${jsonText(upstream)}\n`).toBe(true);
  });
});

describe("the generated files", () => {
  let files: Map<string, string>;
  beforeAll(async () => {
    files = await emit(upstream, merged.document);
  });

  it.each(["schema.d.ts", "operations.ts", "openapi.json"])("%s is what spec/ and scripts/ make", async (name) => {
    // Two megabytes of text make no readable difference; `pnpm generate` and git show it.
    expect(files.get(name) === (await read(`${generated}/${name}`))).toBe(true);
    expect(files.size).toBe(3);
  });

  it("say who made them, from which document", async () => {
    const mark = fingerprint(upstream);
    for (const name of ["schema.d.ts", "operations.ts"]) {
      expect((await read(`${generated}/${name}`)).startsWith(header(mark))).toBe(true);
    }
    const document = JSON.parse(await read(`${generated}/openapi.json`)) as Document;
    expect(document["x-generated-by"]).toBe(`pnpm regenerate, from document ${mark}`);
  });

  it("are marked as generated for git, and left alone by formatter and linter", async () => {
    const attributes = (await read(".gitattributes")).split("\n");
    expect(attributes).toContain(`${generated}/** linguist-generated`);
    expect(attributes).toContain("spec/upstream.json linguist-generated");
    const unformatted = (await read(".prettierignore")).split("\n");
    expect(unformatted).toEqual(expect.arrayContaining(["**/generated/**", "spec/upstream.json"]));
    expect(JSON.parse(await read(".oxlintrc.json"))).toMatchObject({
      ignorePatterns: expect.arrayContaining(["**/generated/**"]) as string[],
    });
  });

  it("stay small: named shapes are written once", async () => {
    expect((await read(`${generated}/schema.d.ts`)).length).toBeLessThan(600_000);
  });

  it("declare each named shape under its own name, in words without tags", async () => {
    const text = await read(`${generated}/schema.d.ts`);
    const declared = new Set([...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name));
    const { schemas } = merged.document["components"] as { schemas: object };
    expect(Object.keys(schemas).filter((name) => !declared.has(name))).toEqual([]);
    expect(text).not.toMatch(/@description|Format: |components\["schemas"\]/);
  });

  it("link each of the Hub's operations to its place in the Hub's own document", async () => {
    const prefix = "https://huggingface.co/spaces/huggingface/openapi#";
    const text = await read(`${generated}/schema.d.ts`);
    const links = new Set([...text.matchAll(/@see (\S+)/g)].map(([, link]) => link));
    const known = [...operationsOf(upstream)].map(({ method, path, operation }) =>
      playgroundLink((operation["tags"] as string[])[0] ?? "", method, path),
    );
    expect([...links].filter((link) => link?.startsWith(prefix) && !known.includes(link))).toEqual([]);
    const linked = operations.filter(
      ({ operation }) => operation["x-hf-addition"] === undefined && operation["x-same-as"] === undefined,
    );
    expect(links.size).toBe(linked.length);
  });
});

describe("the merged document", () => {
  it("names, sums up and responses every operation", () => {
    const incomplete = operations.filter(({ operation: { operationId, summary, responses } }) => {
      return !operationId || !summary || !isObject(responses) || Object.keys(responses).length === 0;
    });
    expect(incomplete.map(({ label }) => label)).toEqual([]);
    expect(merged.provisional).toEqual([]);
  });

  it("has a name of its own for each", () => {
    expect(new Set(operations.map(({ operation }) => operation["operationId"])).size).toBe(operations.length);
  });

  it("has every operation that the Hub's API page documents", () => {
    const labels = operations.map(({ label }) => label);
    expect(documentedOperations).toHaveLength(50);
    expect(documentedOperations.filter((label) => !labels.includes(label))).toEqual([]);
  });

  it("says of each addition whether the API page documents it, and adds nothing that upstream has", () => {
    const known = new Set([...operationsOf(upstream)].map(({ label }) => label));
    const additions = operations.filter(({ operation }) => operation["x-hf-addition"] !== undefined);
    expect(additions.length).toBeGreaterThan(0);
    for (const { label, operation } of additions) {
      expect([label, known.has(label)]).toEqual([label, false]);
      const documented = documentedOperations.includes(label);
      const isLost = isObject(operation["x-hf-addition"]) && operation["x-hf-addition"]["lost"] === true;
      expect([label, operation["x-hf-addition"]]).toEqual([label, isLost ? { lost: true } : { documented }]);
    }
  });

  it("declares each path parameter once, and each that the path names", () => {
    for (const { label, path, operation } of operations) {
      const named = [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name);
      const parameters = Array.isArray(operation["parameters"]) ? operation["parameters"].filter(isObject) : [];
      const declared = parameters.filter(({ in: place }) => place === "path").map(({ name }) => name);
      expect([label, declared.toSorted()]).toEqual([label, named.toSorted()]);
    }
  });

  it("passes the check that upstream's has to pass", () => {
    expect(() => parseDocument(JSON.stringify(merged.document))).not.toThrow();
  });
});

describe("the version of pnpm", () => {
  it.each(["README.md", "CONTRIBUTING.md", ".ci/run", "pnpm-workspace.yaml"])(
    "in %s is the pinned one",
    async (path) => {
      const { packageManager } = JSON.parse(await read("package.json")) as { packageManager: string };
      const text = await read(path);
      const mentioned = [...text.matchAll(/pnpm[ @](\d+(?:\.\d+)*)/g)].map(([, version = ""]) => version);
      expect(mentioned.length).toBeGreaterThan(0);
      for (const version of mentioned) expect(`${packageManager}.`).toContain(`pnpm@${version}.`);
    },
  );
});
