import { canonical, isObject, type Document, type Json, type JsonObject } from "../document/document.js";
import { locate, missingNames, placeOf, type Location } from "./locate.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { listing } from "../cli/quote.js";
import { refuseAtOnce, type Refuse as RefuseAll } from "../cli/refusals.js";

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
  /** How many it has to match at least; what is more than before is told. */
  "x-at-least"?: number;
  /** What stands now where the update replaces something, in the same nesting; for a removal, what is removed. */
  "x-was"?: Json;
  /** What nobody outside the Hub knows for certain. */
  "x-guess"?: string;
}

/** The document with every action done. */
export interface Overlaid {
  document: Document;
  /** What actions met in more places than they state: a sentence each. */
  news: string[];
}

/** Takes what does not hold, where, and what to do about it. */
type Refuse = (found: string, advice: string) => void;
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
  [
    "no unknown key",
    (a) => hasOnly(a, /^(target|description|update|copy|remove|x-(reason|count|at-least|was|guess))$/),
  ],
  ["a target that is a JSONPath query", ({ target }) => isQuery(target)],
  ["an x-reason", (a) => isText(a["x-reason"])],
  ["an x-count of 1 or more", ({ "x-count": count = 1 }) => Number.isInteger(count) && Number(count) > 0],
  ["an x-at-least of 1 or more", ({ "x-at-least": least = 1 }) => Number.isInteger(least) && Number(least) > 0],
  ["an x-count or an x-at-least, not both", (a) => !("x-count" in a && "x-at-least" in a)],
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

/**
 * Does every action, or refuses all expectations that do not hold. With the document of the last run, it can name
 * the nodes that are new or gone.
 */
export function applyOverlays(
  document: Document,
  overlays: readonly Overlay[],
  previous?: () => Document,
  refuseAll: RefuseAll = refuseAtOnce,
): Overlaid {
  const run = new OverlayRun(document, overlays);
  const earlier = (): OverlayRun | undefined => previous && new OverlayRun(previous(), overlays);
  const refusals = run.refusals(earlier);
  const [first, ...others] = refusals;
  if (first === undefined) return { document: run.document, news: run.news(earlier) };
  refuseAll(
    others.length === 0
      ? new PipelineError(first)
      : new PipelineError(`${refusals.length} expectations of the overlay no longer hold:`, refusals),
  );
  return { document: run.document, news: [] };
}

/** One action, and what it met. */
interface Step {
  file: string;
  action: Action;
  places: string[];
  missing: string[];
  /** What does not hold besides the number of places: what is wrong and what to do, with the places of it. */
  problems: Map<string, Set<string>>;
}

class OverlayRun {
  readonly document: Document;
  readonly #steps: Step[] = [];

  constructor(source: Document, overlays: readonly Overlay[]) {
    this.document = structuredClone(source);
    for (const { file, actions } of overlays) {
      for (const action of actions) this.#steps.push(this.#apply(file, action));
    }
  }

  stepAt(index: number): Step | undefined {
    return this.#steps[index];
  }

  /** An action is done even where it does not hold: what comes after it may build on it. */
  #apply(file: string, action: Action): Step {
    const { target, copy, "x-was": was } = action;
    const nodes = locate(this.document, target);
    const places = nodes.map(({ path }) => placeOf(this.document, path));
    const expected = isExpected(action, places.length);
    const missing = expected ? [] : missingNames(this.document, target);
    const problems: Step["problems"] = new Map();
    const refuseAt =
      (place: string): Refuse =>
      (found, advice) => {
        const key = JSON.stringify([found, advice]);
        problems.set(key, (problems.get(key) ?? new Set()).add(place));
      };
    const each = nodes.map((node, index) => ({ node, refuse: refuseAt(places[index] ?? "") }));
    if (action.remove === true) {
      // Backwards, so that one list member less does not move those still to be removed.
      for (const { node, refuse } of each.toReversed()) remove(this.document, node, was, refuse);
    } else {
      const addition =
        copy === undefined ? action.update : theOnly(locate(this.document, copy), copy, refuseAt("the copy"));
      if (addition !== undefined) for (const { node, refuse } of each) update(node, plain(addition), was, refuse);
    }
    return { file, action, places, missing, problems };
  }

  refusals(earlier: () => OverlayRun | undefined): string[] {
    let last: OverlayRun | undefined;
    const refusals = this.#steps.flatMap((step, index) => {
      const { file, action, places, problems } = step;
      const [where, reason] = [`${file} at ${shorten(action.target)}`, action["x-reason"].trim()];
      const say = (found: string, advice: string): string => `${where}: ${found}; its reason was: ${reason} ${advice}`;
      const told = [...problems].map(([key, at]) => {
        const [found = "", advice = ""] = JSON.parse(key) as string[];
        return say(places.length > 1 ? `${found}, in ${listing([...at])}` : found, advice);
      });
      if (isExpected(action, places.length)) return told;
      last ??= earlier();
      return [say(countText(step, last?.stepAt(index)), countAdvice(action, places.length)), ...told];
    });
    return [...new Set(refusals)];
  }

  news(earlier: () => OverlayRun | undefined): string[] {
    const surplus = this.#steps.filter(({ action, places }) => places.length > (action["x-at-least"] ?? Infinity));
    const last = surplus.length === 0 ? undefined : earlier();
    return surplus.flatMap((step) => {
      const { file, action, places } = step;
      const before = last?.stepAt(this.#steps.indexOf(step))?.places ?? [];
      const come = places.filter((place) => !before.includes(place));
      if (last === undefined || come.length === 0) return [];
      const where = `${file} at ${shorten(action.target)}`;
      return [
        `${where} holds in ${come.length} place(s) more: ${listing(come)}. Its reason: ${action["x-reason"].trim()}`,
      ];
    });
  }
}

const isExpected = ({ "x-count": count = 1, "x-at-least": least }: Action, found: number): boolean =>
  least === undefined ? found === count : found >= least;

function countText({ action, places, missing }: Step, last: Step | undefined): string {
  const { "x-count": count = 1, "x-at-least": least } = action;
  const expected = least === undefined ? String(count) : `at least ${least}`;
  const come = last === undefined ? [] : places.filter((place) => !last.places.includes(place));
  const gone = last === undefined ? [] : last.places.filter((place) => !places.includes(place));
  const details = [
    ...(missing.length > 0 ? [`there is no ${missing.join(", ")}`] : []),
    ...(come.length > 0 ? [`new is ${listing(come)}`] : []),
    ...(gone.length > 0 ? [`gone is ${listing(gone)}`] : []),
  ];
  if (details.length === 0 && places.length > 0) details.push(`found ${listing(places)}`);
  return [`found ${places.length} nodes, expected ${expected}`, ...details].join("; ");
}

function countAdvice({ "x-count": count = 1, "x-at-least": least }: Action, found: number): string {
  if (found === 0) return "Delete the action if upstream has repaired this; mend its target if it has moved.";
  if (least !== undefined)
    return `Lower x-at-least to ${found} if upstream has repaired the rest; else mend the target.`;
  if (found < count) return `Set x-count to ${found} if upstream has repaired the rest; else mend the target.`;
  return `Set x-count to ${found}, or x-at-least to ${count}, if the reason holds for all; else narrow the target.`;
}

function theOnly(found: Location[], query: string, refuse: Refuse): Json | undefined {
  if (found.length === 1) return found[0]?.value;
  refuse(`found ${found.length} nodes to copy at ${shorten(query)}, expected 1`, "Mend the query of the copy.");
  return undefined;
}

const repaired = "Delete that part of the action if upstream is right; else state what it has as x-was.";
const restate = "Restate x-was if the reason still holds; delete the action if upstream has repaired this.";

function update({ value: node, path }: Location, addition: Json, was: Json | undefined, refuse: Refuse): void {
  if (Array.isArray(node)) append(node, addition, was, refuse);
  else if (!isObject(node) || !isObject(addition))
    refuse("only an object or a list can be updated", "Mend the target.");
  else if (!merge(node, addition, was, refuse, path, ""))
    refuse("upstream now has all of the update", "Delete the action.");
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
  if (stray !== undefined) refuse(`x-was states ${at}/${stray}, which the update leaves alone`, "Delete that line.");
  let changed = stray !== undefined;
  for (const [key, value] of Object.entries(addition)) {
    const old = Object.hasOwn(node, key) ? node[key] : undefined;
    if (isObject(old) && isObject(value) && !isDescribedTwice(old, value)) {
      changed = merge(old, value, stated[key], refuse, [...path, key], `${at}/${key}`) || changed;
      continue;
    }
    changed ||= !same(old, value) || !same(old, stated[key]);
    if (isObject(old) && isObject(value)) {
      refuse(
        `upstream now describes ${key.toUpperCase()} ${path.at(-1)}; remove it from this action`,
        "Correct what upstream says in an action of its own.",
      );
    } else if (!same(old, stated[key])) {
      const found = `expected ${show(stated[key])} at ${at}/${key}, upstream now has ${show(old)}`;
      refuse(found, stated[key] === undefined ? repaired : restate);
    }
    node[key] = value;
  }
  return changed;
}

/** Whether an operation that we add came to be upstream's as well. */
const isDescribedTwice = (old: JsonObject, addition: JsonObject): boolean =>
  addition["x-hf-addition"] !== undefined && old["x-hf-addition"] === undefined;

function append(list: Json[], addition: Json, was: Json | undefined, refuse: Refuse): void {
  if (was !== undefined && !same(list, was)) refuse(`expected ${show(was)}, upstream now has ${show(list)}`, restate);
  for (const entry of Array.isArray(addition) ? addition : [addition]) {
    if (list.some((member) => identity(member) === identity(entry)))
      refuse(`upstream now lists ${identity(entry)}`, "Delete it from the update.");
    else list.push(entry);
  }
}

/** Two parameters are the same when place and name agree, other values when all of them does. */
function identity(value: Json): string {
  if (!isObject(value) || !isText(value["in"]) || !isText(value["name"])) return canonical(value);
  return `the ${value["in"]} parameter ${value["name"]}`;
}

function remove(document: Document, { value, path }: Location, was: Json | undefined, refuse: Refuse): void {
  if (was !== undefined && !same(value, was)) refuse(`expected ${show(was)}, upstream now has ${show(value)}`, restate);
  const [key, ...above] = path.toReversed();
  if (key === undefined) return refuse("the document itself cannot be removed", "Mend the target.");
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
