import { listing } from "../cli/quote.js";
import { bumpFor, packageNames, type Versions } from "../release/bump.js";
import type { Grown } from "./scaffold.js";
import { wordsOf } from "./words.js";

/** The changeset of methods that were written: its name, and what it says. */
export function changesetOf(grown: readonly Grown[], versions: Versions): [name: string, text: string] {
  const methods = grown.flatMap((one) => one.methods.map((method) => `\`${method}\``));
  const name = `${wordsOf(grown[0]?.methods[0]?.replace("hub.", "") ?? "methods").join("-")}.md`;
  const head = (["raw", "hub"] as const)
    .map((key) => `"${packageNames[key]}": ${bumpFor("minor", versions[key])}\n`)
    .join("");
  return [name, `---\n${head}---\n\nNew: ${listing(methods, Infinity)}.\n`];
}
