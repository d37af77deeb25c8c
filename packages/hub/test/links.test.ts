import document from "@hf-api/raw/openapi.json" with { type: "json" };
import { operations, type OperationFacts, type OperationId } from "@hf-api/raw/operations";
import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { Hub } from "../src/hub.js";
import { allRows } from "./requests/rows.js";

const sources = new URL("../src/", import.meta.url);
const playground = "https://huggingface.co/spaces/huggingface/openapi#tag/";
const remark = "@remarks Not in the Hub's OpenAPI document.";

interface DocumentedMethod {
  /** `Class.method`. */
  name: string;
  comment: string;
  links: string[];
}

/** The files whose classes are what `hub.x` and `hub.x.files` are. */
const classFiles: Record<string, RegExp> = { namespaces: /\.ts$/, repos: /-namespace\.ts$/, files: /-files\.ts$/ };

/** What the methods of these classes load on their first use. */
const loadedOnUse = ["existing.ts", "waits.ts"];

const methods: DocumentedMethod[] = Object.entries(classFiles).flatMap(([folder, pattern]) =>
  readdirSync(new URL(`${folder}/`, sources))
    .filter((file) => pattern.test(file) && !file.endsWith(".test.ts") && !loadedOnUse.includes(file))
    .flatMap((file) => methodsIn(readFileSync(new URL(`${folder}/${file}`, sources), "utf8"))),
);

const linked = methods.filter(({ links }) => links.length > 0);

/** Operations by the address of their place in the playground; those under several tags have several. */
const byLink = new Map<string, OperationId>(
  (Object.entries(operations) as [OperationId, OperationFacts][]).flatMap(([id, { method, path }]) =>
    tagsOf(path, method).map(
      (tag) => [`${playground}${tag}/${method.toUpperCase()}${encodeBraces(path)}`, id] as const,
    ),
  ),
);

const operationsByMethod = calledOperations();

describe("the doc comment of each method", () => {
  it("is found", () => {
    expect(methods.length).toBeGreaterThan(50);
    expect(methods.map(({ name }) => name)).toContain("Models.list");
  });

  it("leads to the operation's place in the playground, or says that there is none", () => {
    const missing = methods.filter(({ comment, links }) => links.length === 0 && !comment.includes(remark));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it("holds an example", () => {
    const missing = methods.filter(({ comment }) => !/@example\n\s+\* \S/.test(comment));
    expect(missing.map(({ name }) => name)).toEqual([]);
  });

  it("links to operations that exist, in the Hub's own document", () => {
    const broken = linked.flatMap(({ name, links }) =>
      links.filter((link) => !isUpstream(byLink.get(link))).map((link) => `${name}: ${link}`),
    );
    expect(broken).toEqual([]);
  });

  it("links to operations that the method calls", () => {
    const wrong = linked.flatMap(({ name, links }) => {
      const called = operationsByMethod.get(name);
      return links
        .filter((link) => called !== undefined && !called.has(canonical(byLink.get(link))))
        .map((link) => `${name}: ${link}`);
    });
    expect(wrong).toEqual([]);
  });

  it("says so where the method calls only what the Hub's document lacks", () => {
    const silent = methods.filter(({ name, comment }) => {
      const called = [...(operationsByMethod.get(name) ?? [])];
      return called.length > 0 && !called.some((id) => isUpstream(id as OperationId)) && !comment.includes(remark);
    });
    expect(silent.map(({ name }) => name)).toEqual([]);
  });
});

/** The public methods of a file's classes. The formatter keeps their members at two spaces. */
function methodsIn(source: string): DocumentedMethod[] {
  return [
    ...source.matchAll(/^(?:export )?(?:abstract )?class (\w+)[^\n]*(?:\n[^}\n][^\n]*)*?\{\n([\s\S]*?)^\}/gm),
  ].flatMap(([, className = "", body = ""]) => {
    const found = new Map<string, DocumentedMethod>();
    const member = /( {2}\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?^ {2}(?:override )?(?:async )?\*?(\w+)[<(]/gm;
    for (const [, comment = "", method = ""] of body.matchAll(member)) {
      // The further signatures of an overloaded method share the first one's comment.
      if (method === "constructor" || found.has(method)) continue;
      const links = [...comment.matchAll(/@see (\S+)/g)].map(([, link = ""]) => link);
      found.set(method, { name: `${className}.${method}`, comment, links });
    }
    return [...found.values()];
  });
}

function tagsOf(path: string, method: string): string[] {
  const paths = document.paths as unknown as Record<string, Record<string, { tags?: string[] }>>;
  return paths[path]?.[method]?.tags ?? [];
}

function encodeBraces(path: string): string {
  return path.replaceAll("{", "%7B").replaceAll("}", "%7D");
}

function isUpstream(id: OperationId | undefined): boolean {
  const facts: OperationFacts | undefined = id && operations[id];
  return facts !== undefined && facts.addition !== true;
}

/** Of two paths that reach the same operation, the one that stands for both. */
function canonical(id: OperationId | undefined): string | undefined {
  const facts: OperationFacts | undefined = id && operations[id];
  return facts?.sameAs ?? id;
}

/** What the rows show each method to call, by the class that writes it: in a family for all kinds. */
function calledOperations(): Map<string, Set<string | undefined>> {
  const hub = new Hub({ token: null });
  const called = new Map<string, Set<string | undefined>>();
  for (const { method, operation } of allRows) {
    const steps = method.split(".");
    const name = steps.pop() ?? "";
    const namespace = steps.reduce((holder, step) => (holder as Record<string, object>)[step] ?? {}, hub as object);
    const key = `${ownerOf(namespace, name)}.${name}`;
    called.set(key, (called.get(key) ?? new Set()).add(canonical(operation)));
  }
  return called;
}

function ownerOf(namespace: object, method: string): string {
  for (let level: object | null = namespace; level !== null; level = Object.getPrototypeOf(level) as object | null) {
    if (Object.hasOwn(level, method)) return level.constructor.name;
  }
  return "";
}
