import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { operationsOf, type Document } from "../document/document.js";

/** What callers of the ergonomic package see of the Hub's operations and named types. */
export interface HubSurface {
  /** The methods that call an operation, by operationId: `listModels` → `hub.models.list`. */
  methods: ReadonlyMap<string, readonly string[]>;
  /** What an input of an operation is called where its methods rename it: `getModelRefs include_prs` → the new name. */
  renamed: ReadonlyMap<string, string>;
  /** The named types that it exports, or builds its own on. */
  shapes: ReadonlySet<string>;
}

export const noSurface: HubSurface = { methods: new Map(), renamed: new Map(), shapes: new Set() };

interface Row {
  method: string;
  operation: string;
}

/** Of the tables beside the rows, as much as is read here. */
interface Inputs {
  inputsElsewhere: readonly { methods: readonly string[]; names: readonly string[]; as?: string }[];
  isMethod: (pattern: string, method: string) => boolean;
}

/** Reads the surface from the package's sources, and from the rows of its request tests, which other tests keep complete. */
export async function readHubSurface(root: string): Promise<HubSurface> {
  const hub = join(root, "packages/hub");
  const requests = join(hub, "test/requests");
  if (!existsSync(requests)) return noSurface;
  const module = (name: string): string => pathToFileURL(join(requests, name)).href;
  const { allRows } = (await import(module("rows.ts"))) as { allRows: readonly Row[] };
  const { inputsElsewhere, isMethod } = (await import(module("inputs.ts"))) as Inputs;
  const methods = new Map<string, string[]>();
  const add = (id: string, name: string): void => {
    const known = methods.get(id) ?? [];
    if (!known.includes(name)) methods.set(id, [...known, name]);
  };
  for (const { method, operation } of allRows) add(operation, `hub.${method}`);
  for (const [id, twin] of await twinsOf(root)) {
    if (!methods.has(id)) for (const method of methods.get(twin) ?? []) add(id, method);
  }
  const renamed = new Map(
    allRows.flatMap(({ method, operation }) =>
      inputsElsewhere.flatMap(({ methods: patterns, names, as }) =>
        as !== undefined && patterns.some((pattern) => isMethod(pattern, method))
          ? names.map((name): [string, string] => [`${operation} ${name}`, as])
          : [],
      ),
    ),
  );
  return { methods, renamed, shapes: await shapesIn(join(hub, "src")) };
}

/** Where two paths reach one operation, the method of the one serves the other. */
async function twinsOf(root: string): Promise<[string, string][]> {
  const text = await readFile(join(root, "packages/raw/src/generated/openapi.json"), "utf8").catch(() => undefined);
  if (text === undefined) return [];
  const operations = [...operationsOf(JSON.parse(text) as Document)];
  const ids = new Map(operations.map(({ label, operation }) => [label, String(operation["operationId"])]));
  return operations.flatMap(({ operation }): [string, string][] => {
    const [id, twin] = [String(operation["operationId"]), ids.get(String(operation["x-same-as"]))];
    return twin === undefined
      ? []
      : [
          [id, twin],
          [twin, id],
        ];
  });
}

/** The types that sources name: `export type { Job } from "@hf-api/raw"`, `extends Schema<"Job">`. */
async function shapesIn(folder: string): Promise<Set<string>> {
  const files = (await readdir(folder, { recursive: true })).filter((path) => path.endsWith(".ts"));
  const texts = await Promise.all(files.map((path) => readFile(join(folder, path), "utf8")));
  const names = texts.flatMap((text) => [
    ...Array.from(text.matchAll(/\bSchema<"(\w+)">/g), ([, name = ""]) => name),
    ...Array.from(text.matchAll(/^export type \{([^}]*)\} from "@hf-api\/raw";/gm), ([, list = ""]) =>
      list.split(",").map((name) => name.trim().split(" ")[0] ?? ""),
    ).flat(),
  ]);
  return new Set(names.filter((name) => name !== ""));
}
