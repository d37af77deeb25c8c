import { exec } from "jsonpath-rfc9535";
import { canonical, isObject, type Document, type Json, type JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";

/** An overlay file that was found to be well-formed. */
export interface Overlay {
  file: string;
  actions: Action[];
}

/** One action of the OpenAPI Overlay Specification 1.1, made an assertion by our extensions. */
interface Action {
  target: string;
  update?: Json;
  copy?: string;
  remove?: true;
  /** How we know better than upstream. */
  "x-reason": string;
  /** How many nodes the target has to match; one unless stated. */
  "x-count"?: number;
  /** What stands now where the update replaces something, in the same nesting; for a removal, what is removed. */
  "x-was"?: Json;
  /** What nobody outside the Hub knows for certain. */
  "x-guess"?: string;
}

type Refuse = (found: string) => void;
type Requirement = [text: string, test: (source: JsonObject) => boolean];

const overlayRequirements: Requirement[] = [
  ["no keys but overlay, info, actions and extensions", (o) => hasOnly(o, /^(overlay|info|actions|x-.+)$/)],
  ["an overlay version of 1.0 or 1.1", ({ overlay }) => /^1\.[01]\.\d+$/.test(String(overlay))],
  ["an info with title and version", ({ info }) => isObject(info) && isText(info["title"]) && isText(info["version"])],
  ["a list of actions", ({ actions }) => Array.isArray(actions) && actions.length > 0 && actions.every(isObject)],
  ["no key that reaches an object's prototype", (o) => !hasKey(o, ["__proto__", "constructor", "prototype"])],
];

const changes = ["update", "copy", "remove"];
const actionRequirements: Requirement[] = [
  ["no unknown key", (a) => hasOnly(a, /^(target|description|update|copy|remove|x-(reason|count|was|guess))$/)],
  ["a target that is a JSONPath query", ({ target }) => isQuery(target)],
  ["an x-reason", (a) => isText(a["x-reason"])],
  ["an x-count of 1 or more", ({ "x-count": count = 1 }) => Number.isInteger(count) && Number(count) > 0],
  ["an x-guess in words, or none", ({ "x-guess": guess }) => guess === undefined || isText(guess)],
  ["exactly one of update, copy and remove", (a) => changes.filter((key) => key in a).length === 1],
  ["a copy that is a JSONPath query, or none", ({ copy }) => copy === undefined || isQuery(copy)],
  ["a remove that is true, or none", ({ remove }) => remove === undefined || remove === true],
];

/** Checks that the content of a file is an overlay with everything that {@link applyOverlay} relies on. */
export function parseOverlay(file: string, source: Json): Overlay {
  if (!isObject(source)) throw new PipelineError(`${file} is no overlay but ${show(source)}.`);
  demand(source, overlayRequirements, `The overlay ${file}`);
  const actions = source["actions"] as JsonObject[];
  actions.forEach((action, index) => demand(action, actionRequirements, `Action ${index + 1} of ${file}`));
  return { file, actions: actions as unknown as Action[] };
}

function demand(source: JsonObject, requirements: Requirement[], subject: string): void {
  const unmet = requirements.find(([, test]) => !test(source));
  if (unmet !== undefined) throw new PipelineError(`${subject} needs ${unmet[0]}.`);
}

/** Returns the document with every action done, or fails with all expectations that do not hold. */
export function applyOverlays(document: Document, overlays: readonly Overlay[]): Document {
  const result = structuredClone(document);
  const refusals = new Set<string>();
  for (const { file, actions } of overlays) {
    for (const action of actions) {
      const [where, reason] = [`${file} at ${shorten(action.target)}`, action["x-reason"].trim()];
      // The action is done all the same: what comes after it may build on it, and would be refused for nothing.
      applyAction(result, action, (found) => void refusals.add(`${where}: ${found}; its reason was: ${reason}`));
    }
  }
  const [first, ...others] = refusals;
  if (first === undefined) return result;
  if (others.length === 0) throw new PipelineError(first);
  throw new PipelineError(`${refusals.size} expectations of the overlay no longer hold:`, [...refusals]);
}

function applyAction(document: Document, action: Action, refuse: Refuse): void {
  const { target, copy, "x-count": count = 1, "x-was": was } = action;
  const nodes = locate(document, target);
  if (nodes.length !== count) {
    const missing = missingNames(document, target);
    const which = missing.length > 0 ? `; there is no ${missing.join(", ")}` : "";
    refuse(`found ${nodes.length} nodes, expected ${count}${which}`);
  }
  if (action.remove === true) {
    // Backwards, so that one list member less does not move those still to be removed.
    for (const node of nodes.reverse()) remove(document, node, was, refuse);
  } else {
    const addition = copy === undefined ? action.update : theOnly(locate(document, copy), copy, refuse);
    if (addition === undefined) return;
    for (const node of nodes) update(node, plain(addition), was, refuse);
  }
}

/** Of the names that a query lists, those under which it finds nothing. */
function missingNames(document: Document, query: string): string[] {
  const [list = "", names = ""] = /\[\s*('[^']*'(?:\s*,\s*'[^']*')+)\s*\]/.exec(query) ?? [];
  const each = names.split(/\s*,\s*(?=')/).filter((name) => name !== "");
  return each.filter(
    (name) =>
      locate(
        document,
        query.replace(list, () => `[${name}]`),
      ).length === 0,
  );
}

interface Location {
  value: Json;
  path: (string | number)[];
}

function locate(document: JsonObject, query: string): Location[] {
  const found: Location[] = [];
  exec(document, query.trim(), (value, path) => found.push({ value: value as Json, path: [...path] }));
  return found;
}

function theOnly(found: Location[], query: string, refuse: Refuse): Json | undefined {
  if (found.length === 1) return found[0]?.value;
  refuse(`found ${found.length} nodes to copy at ${shorten(query)}, expected 1`);
  return undefined;
}

function update({ value: node, path }: Location, addition: Json, was: Json | undefined, refuse: Refuse): void {
  if (Array.isArray(node)) append(node, addition, was, refuse);
  else if (!isObject(node) || !isObject(addition)) refuse("only an object or a list can be updated");
  else if (!merge(node, addition, was, refuse, path, "")) refuse("upstream now has all of the update");
}

/**
 * Adds what is absent, replaces only what `was` states, goes deeper where both sides are objects. Says whether there
 * was anything to do or to refuse.
 */
function merge(
  node: JsonObject,
  addition: JsonObject,
  was: Json | undefined,
  refuse: Refuse,
  path: readonly (string | number)[],
  at: string,
): boolean {
  const stated = isObject(was) ? was : {};
  const stray = Object.keys(stated).find((key) => !Object.hasOwn(addition, key));
  if (stray !== undefined) refuse(`x-was states ${at}/${stray}, which the update leaves alone`);
  let changed = stray !== undefined;
  for (const [key, value] of Object.entries(addition)) {
    const old = Object.hasOwn(node, key) ? node[key] : undefined;
    if (isObject(old) && isObject(value) && !isDescribedTwice(old, value)) {
      changed = merge(old, value, stated[key], refuse, [...path, key], `${at}/${key}`) || changed;
      continue;
    }
    changed ||= !same(old, value) || !same(old, stated[key]);
    if (isObject(old) && isObject(value)) {
      refuse(`upstream now describes ${key.toUpperCase()} ${path.at(-1)}; remove it from this action`);
    } else if (!same(old, stated[key])) {
      refuse(`expected ${show(stated[key])} at ${at}/${key}, upstream now has ${show(old)}`);
    }
    node[key] = value;
  }
  return changed;
}

/** Whether an operation that we add came to be upstream's as well. */
const isDescribedTwice = (old: JsonObject, addition: JsonObject): boolean =>
  addition["x-hf-addition"] !== undefined && old["x-hf-addition"] === undefined;

function append(list: Json[], addition: Json, was: Json | undefined, refuse: Refuse): void {
  if (was !== undefined && !same(list, was)) refuse(`expected ${show(was)}, upstream now has ${show(list)}`);
  for (const entry of Array.isArray(addition) ? addition : [addition]) {
    if (list.some((member) => identity(member) === identity(entry))) refuse(`upstream now lists ${identity(entry)}`);
    else list.push(entry);
  }
}

/** Two parameters are the same when place and name agree, other values when all of them does. */
function identity(value: Json): string {
  if (!isObject(value) || !isText(value["in"]) || !isText(value["name"])) return canonical(value);
  return `the ${value["in"]} parameter ${value["name"]}`;
}

function remove(document: Document, { value, path }: Location, was: Json | undefined, refuse: Refuse): void {
  if (was !== undefined && !same(value, was)) refuse(`expected ${show(was)}, upstream now has ${show(value)}`);
  const [key, ...above] = path.toReversed();
  if (key === undefined) return refuse("the document itself cannot be removed");
  // JSONPath found the path just now, so every step of it leads somewhere.
  const parent = above.reduceRight<Json>((node, step) => (node as JsonObject)[step] as Json, document);
  if (Array.isArray(parent)) parent.splice(Number(key), 1);
  else delete (parent as JsonObject)[key];
}

/** A copy that shares no part with its source, nor within itself as YAML aliases would. */
const plain = (value: Json): Json => JSON.parse(JSON.stringify(value)) as Json;

const same = (a: Json | undefined, b: Json | undefined): boolean =>
  a === undefined || b === undefined ? a === b : canonical(a) === canonical(b);

const isText = (value: Json | undefined): value is string => typeof value === "string" && value.trim() !== "";

const hasOnly = (source: JsonObject, keys: RegExp): boolean => Object.keys(source).every((key) => keys.test(key));

const hasKey = (value: Json, keys: string[]): boolean =>
  typeof value === "object" &&
  value !== null &&
  Object.entries(value).some(([key, member]) => (!Array.isArray(value) && keys.includes(key)) || hasKey(member, keys));

const isQuery = (value: Json | undefined): boolean => {
  try {
    return isText(value) && Array.isArray(locate({}, value));
  } catch {
    return false;
  }
};

const show = (value: Json | undefined): string => (value === undefined ? "nothing" : shorten(canonical(value)));

const shorten = (text: string): string => {
  const line = text.replace(/\s+/g, " ").trim();
  return line.length > 160 ? `${line.slice(0, 159)}…` : line;
};
