import { PipelineError } from "../cli/pipeline-error.js";
import type { Facts } from "./facts.js";
import { camel, pascal, singular, wordsOf } from "./words.js";

/** `getOrganizationSocials` of organizations → `getSocials`: the verb, and what the namespace does not say. */
export function methodName(id: string, nouns: readonly string[]): string {
  const [verb = "", ...rest] = wordsOf(id);
  const known = new Set(nouns.flatMap(wordsOf).map(singular));
  const start = rest.findIndex((word) => !known.has(singular(word)));
  return camel([verb, ...(start === -1 ? [] : rest.slice(start))]);
}

/** The words of the path that all operations of a namespace share, which its methods need not say. */
export function sharedWords(paths: readonly string[]): string[] {
  const [first = [], ...others] = paths.map((path) => path.split("/").slice(1));
  const end = first.findIndex((segment, index) => others.some((other) => other[index] !== segment));
  return first.slice(0, end === -1 ? undefined : end).filter((segment) => segment !== "api" && !segment.includes("{"));
}

/** `CreateThingInput`, or `ListModelThingsInput` as `ListThingsInput` where it is written once for all kinds. */
export const inputName = (id: string): string => `${pascal(wordsOf(id))}Input`;

const participles: Readonly<Record<string, string>> = {
  add: "Added",
  create: "Created",
  set: "Set",
  update: "Updated",
  run: "Started",
};

/** What a result is called: what it is, or what became of it. */
export function resultName({ id, response }: Pick<Facts, "id" | "response">): string {
  const [verb = "", ...rest] = wordsOf(id);
  const noun = [...rest.slice(0, -1), singularIf(response.kind === "list", rest.at(-1) ?? "")];
  if (rest.length === 0) return `${pascal([verb])}Result`;
  if (verb === "get" || verb === "list") return pascal(noun);
  return Object.hasOwn(participles, verb) ? `${participles[verb]}${pascal(noun)}` : `${pascal([verb, ...rest])}Result`;
}

const singularIf = (isList: boolean, word: string): string => (isList ? singular(word) : word);

/** The first of the names that nothing else has. */
export function freeName(wanted: string, isTaken: (name: string) => boolean, suffixes: readonly string[]): string {
  const name = [wanted, ...suffixes.map((suffix) => wanted + suffix)].find((it) => !isTaken(it));
  if (name === undefined)
    throw new PipelineError(`A type called ${wanted} is there already; write the method by hand.`);
  return name;
}
