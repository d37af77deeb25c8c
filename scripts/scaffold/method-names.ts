import { PipelineError } from "../cli/pipeline-error.js";
import type { Facts } from "./facts.js";
import { camel, pascal, singular, wordsOf } from "./words.js";

/** The kinds of objects that a name need not tell, since the namespace does. */
export type Nouns = readonly string[];

/** `getOrganizationSocials` of organizations → `getSocials`: the verb, and what the namespace does not say. */
export function methodName(id: string, nouns: Nouns): string {
  const [verb = "", ...rest] = wordsOf(id);
  return camel([verb, ...withoutNoun(rest, nouns)]);
}

function withoutNoun(words: readonly string[], nouns: Nouns): readonly string[] {
  for (const noun of nouns) {
    const parts = wordsOf(noun);
    const at = words.findIndex((_, start) =>
      parts.every((part, index) => singular(words[start + index] ?? "") === singular(part)),
    );
    if (at !== -1) return [...words.slice(0, at), ...words.slice(at + parts.length)];
  }
  return words;
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
export function resultName({ id, answer }: Pick<Facts, "id" | "answer">): string {
  const [verb = "", ...rest] = wordsOf(id);
  const noun = [...rest.slice(0, -1), singularIf(answer.kind === "list", rest.at(-1) ?? "")];
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
