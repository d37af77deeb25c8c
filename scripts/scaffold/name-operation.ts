import { provisionalId } from "../merge/names.js";
import { isObject, parametersOf, type OperationAt } from "../document/document.js";
import { camel, singular, wordsOf } from "./words.js";

/** A name for an operation that has none yet, and a sentence on what it does: for a person to put better. */
export interface ProposedName {
  id: string;
  summary: string;
}

const verbs = { get: "get", put: "set", post: "create", patch: "update", delete: "delete" } as const;

const deeds: Readonly<Record<string, string>> = {
  add: "Adds",
  get: "Returns",
  list: "Lists",
  set: "Sets",
  create: "Creates",
  update: "Changes",
  delete: "Deletes",
};

/** Made of the words of its path alone, so that the same operation gets the same name on every run. */
export function proposeName(at: OperationAt, isTaken: (id: string) => boolean): ProposedName {
  const { things, deed } = readPath(at);
  const verb = deed ?? (at.method === "get" && isList(at) ? "list" : verbs[at.method]);
  const words = things.flat().filter((word, index, all) => word !== all[index - 1]);
  const parameter = at.path.match(/\{([^}]*)\}/g)?.at(-1);
  const likely = [camel([verb, ...words]), camel([verb, ...words, "by", ...wordsOf(parameter ?? "path")])];
  return {
    id: likely.find((id) => !isTaken(id)) ?? provisionalId(at.method, at.path),
    summary: summaryOf(verb, things, verb === "list"),
  };
}

/** What a path speaks of, from the whole to its part, and what is done to it where the path says so. */
function readPath({ method, path }: OperationAt): { things: string[][]; deed: string | undefined } {
  const segments = path.split("/").filter((segment) => segment !== "" && segment !== "api");
  const isParameter = (segment: string | undefined): boolean => segment?.includes("{") === true;
  const last = segments.at(-1) ?? "";
  const isDeed =
    method === "post" &&
    segments.length > 1 &&
    /^[a-z]+$/.test(last) &&
    singular(last) === last &&
    isParameter(segments.at(-2));
  const nouns = isDeed ? segments.slice(0, -1) : segments;
  const things = nouns.flatMap((segment, index): string[][] => {
    if (segment === "{repoType}" && index === 0) return [["repo"]];
    if (isParameter(segment)) return [];
    const words = wordsOf(segment);
    const isOne = isParameter(nouns[index + 1]) || (method === "post" && index === nouns.length - 1);
    return [isOne ? [...words.slice(0, -1), singular(words.at(-1) ?? "")] : words];
  });
  // People are there already; they are let in.
  const isAdded = method === "post" && nouns.length > 2 && /^(users|members|items)$/.test(last);
  return { things, deed: isDeed ? last : isAdded ? "add" : undefined };
}

function summaryOf(verb: string, things: readonly string[][], isMany: boolean): string {
  const named = things.map((words) => words.join(" ").replace(/^space(s?)$/, "Space$1"));
  const [owner, thing = owner ?? "path"] = named.slice(-2);
  const of = named.length < 2 || owner === undefined ? "" : ` of ${articleOf(owner)} ${owner}`;
  const deed = Object.hasOwn(deeds, verb) ? deeds[verb] : `${verb.charAt(0).toUpperCase()}${verb.slice(1)}s`;
  const isNew = verb === "create" || verb === "add";
  const article = isMany || (of !== "" && !isNew) ? "the" : articleOf(thing);
  return `${deed} ${article} ${thing}${verb === "add" ? of.replace(" of ", " to ") : of}.`.slice(0, 110);
}

const articleOf = (words: string): string => (/^(?!us|uni|eu)[aeiou]/i.test(words) ? "an" : "a");

/** Whether the response is one list. */
function isList({ operation }: OperationAt): boolean {
  const responses = isObject(operation["responses"]) ? operation["responses"] : {};
  const success = Object.entries(responses).find(([status]) => status.startsWith("2"))?.[1];
  const content = isObject(success) && isObject(success["content"]) ? success["content"] : {};
  const media = content["application/json"];
  return isObject(media) && isObject(media["schema"]) && media["schema"]["type"] === "array";
}

/** Whether a list continues where its Link header says, as all that take a cursor do. */
export const isPagedByLink = (at: OperationAt): boolean =>
  at.method === "get" &&
  isList(at) &&
  parametersOf(at.operation).some(({ name, in: place }) => name === "cursor" && place === "query");
