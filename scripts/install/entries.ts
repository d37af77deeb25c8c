import { isObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import type { Packed } from "./packed.js";

/** What the packages let others import. */
export interface Entry {
  /** For example `@hf-api/hub/node`. */
  specifier: string;
  /** Named `./node` in `exports`: what needs Node's modules and stays out of browsers and Workers. */
  needsNode: boolean;
  isJson: boolean;
}

export function entriesOf({ name, manifest }: Pick<Packed, "name" | "manifest">): Entry[] {
  const { exports } = manifest;
  if (!isObject(exports)) throw new PipelineError(`${name} does not say in "exports" what it lets others import.`);
  return Object.keys(exports).map((key) => {
    if (!/^\.(\/|$)/.test(key) || key.includes("*"))
      throw new PipelineError(`${name} exports ${key}; list each entry as "." or "./name" instead.`);
    return {
      specifier: name + key.slice(1),
      needsNode: /^\.\/node(\/|$)/.test(key),
      isJson: key.endsWith(".json"),
    };
  });
}

/** A module that exports each entry whole, so that none is dropped by a bundler or skipped by a compiler. */
export function entriesModule(entries: readonly Entry[]): string {
  return entries
    .filter(({ isJson }) => !isJson)
    .map(({ specifier }) => `export * as ${specifier.replace(/\W+/g, "_")} from "${specifier}";\n`)
    .join("");
}

/** The same by `require()`, JSON included. */
export function requireProgram(entries: readonly Entry[]): string {
  const specifiers = JSON.stringify(entries.map(({ specifier }) => specifier));
  return `const specifiers = ${specifiers};
for (const specifier of specifiers)
  if (Object.keys(require(specifier)).length === 0) throw new Error(specifier + " exports nothing");
console.log("Node.js/" + process.versions.node + ": " + specifiers.length + " entries required");
`;
}
