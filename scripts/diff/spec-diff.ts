import { nameOf, type Change, type ChangeKind, type Direction, type OperationName } from "./change.js";
import {
  canonical,
  isObject,
  parametersOf,
  type Document,
  type Json,
  type JsonObject,
  type OperationAt,
} from "../document/document.js";
import { inlineReferences } from "../document/inline.js";
import { bindingsOf, matchOperations, signature, type Pair } from "./match-operations.js";
import { listing, quote } from "../cli/quote.js";
import { diffSchemas } from "./schema-diff.js";

/** An operation that both documents have, and that differs. */
export interface ChangedOperation extends Pair {
  changes: Change[];
}

export interface SpecDiff {
  changes: Change[];
  /** The changed operations, for the compiler to judge. Their changes are in `changes` as well. */
  changed: ChangedOperation[];
  /** What the compiler is asked about in the place of a schema; see {@link SchemaDiff.forgive}. */
  forgiven: Map<JsonObject, JsonObject>;
}

/** What changed between two normalised documents, operation by operation. Severities are not its business. */
export function diffDocuments(before: Document, after: Document): SpecDiff {
  const [from, to] = [inlineReferences(before), inlineReferences(after)];
  const { same, moved, split, added, removed } = matchOperations(from, to);
  const forgiven: SpecDiff["forgiven"] = new Map();
  const changed: ChangedOperation[] = [];
  const whole = (kind: ChangeKind, at: OperationAt, detail = ""): Change => ({
    kind,
    operation: nameOf(at),
    place: "",
    subject: "",
    detail,
  });

  for (const pair of [...same, ...moved]) {
    const changes = new OperationDiff(pair, forgiven).changes();
    if (changes.length > 0) changed.push({ ...pair, changes });
  }
  const changes = [
    ...removed.map((at) => whole("operation-removed", at, quote(at.label, 160))),
    ...split.map(({ before: template, after: kinds }) => {
      const bindings = kinds.map(({ path }) => bindingsOf(template.path, path));
      const literals = bindings.map((list) => list.map(({ literal }) => literal).join("/"));
      const names = bindings[0]?.map(({ parameter }) => parameter).join("/") ?? "";
      return {
        ...whole(
          "operation-split",
          template,
          listing(literals.map((literal) => (literal === "" ? "none" : quote(literal)))),
        ),
        subject: names,
      };
    }),
    ...moved.map(({ before: a, after: b }) =>
      whole("operation-moved", b, `${quote(a.label, 160)} → ${quote(b.label, 160)}`),
    ),
    ...added.map((at) => whole("operation-added", at, quote(at.label, 160))),
    ...changed.flatMap((operation) => operation.changes),
    ...shapeNames(before, after),
    ...aroundOperations(before, after),
  ];
  if (changes.length === 0 && canonical(contentOf(before)) !== canonical(contentOf(after))) {
    changes.push({ kind: "document-changed", place: "", subject: "components", detail: "" });
  }
  return { changes, changed, forgiven };
}

function contentOf(document: Document): JsonObject {
  const { "x-generated-by": _, ...content } = document;
  return content;
}

/** Named schemas are names that callers can write. */
function shapeNames(before: Document, after: Document): Change[] {
  const names = ({ components }: Document): string[] =>
    isObject(components) && isObject(components["schemas"]) ? Object.keys(components["schemas"]) : [];
  const [from, to] = [names(before), names(after)];
  const change = (kind: ChangeKind, subject: string): Change => ({ kind, place: "", subject, detail: "" });
  return [
    ...from.filter((name) => !to.includes(name)).map((name) => change("shape-removed", name)),
    ...to.filter((name) => !from.includes(name)).map((name) => change("shape-added", name)),
  ];
}

/** What a document says besides its operations and what they refer to. */
function aroundOperations(before: Document, after: Document): Change[] {
  const parts = new Set([...Object.keys(before), ...Object.keys(after)]);
  for (const part of ["paths", "components", "x-generated-by"]) parts.delete(part);
  return [...parts]
    .filter((part) => JSON.stringify(before[part]) !== JSON.stringify(after[part]))
    .map((part) => ({ kind: "document-changed", place: "", subject: part, detail: "" }));
}

/** How one operation differs from its earlier self. */
class OperationDiff {
  readonly #before: JsonObject;
  readonly #after: JsonObject;
  readonly #pair: Pair;
  readonly #name: OperationName;
  readonly #forgiven: SpecDiff["forgiven"];
  readonly #changes: Change[] = [];

  constructor(pair: Pair, forgiven: SpecDiff["forgiven"]) {
    this.#pair = pair;
    this.#before = pair.before.operation;
    this.#after = pair.after.operation;
    this.#name = nameOf(pair.after);
    this.#forgiven = forgiven;
  }

  changes(): Change[] {
    if (JSON.stringify(this.#before) === JSON.stringify(this.#after)) return [];
    this.#diffParameters();
    this.#diffBody();
    this.#diffAnswers();
    this.#diffFacts();
    // Whatever the document says must not pass unseen, even where nobody has taught this file to tell it.
    const said = ({ operation }: OperationAt): string => JSON.stringify({ ...operation, summary: "", operationId: "" });
    if (this.#changes.length === 0 && said(this.#pair.before) !== said(this.#pair.after)) {
      const moved = this.#pair.before.path !== this.#pair.after.path;
      if (!moved || signature(this.#pair.before) !== signature(this.#pair.after)) {
        this.#report("operation-changed", undefined, "", "");
      }
    }
    return this.#changes;
  }

  #report(kind: ChangeKind, direction: Direction | undefined, place: string, subject: string, detail = ""): void {
    const side = direction === undefined ? {} : { direction };
    this.#changes.push({ kind, operation: this.#name, ...side, place, subject, detail });
  }

  #diffSchemas(
    direction: Direction,
    before: Json | undefined,
    after: Json | undefined,
    place: string,
    subject: string,
  ) {
    diffSchemas(before, after, place, subject, {
      direction,
      report: (change) => this.#report(change.kind, direction, change.place, change.subject, change.detail),
      forgive: (node, without) => void this.#forgiven.set(node, without),
    });
  }

  #diffParameters(): void {
    const key = (parameter: JsonObject): string => `${String(parameter["in"])} ${String(parameter["name"])}`;
    const relevant = ({ operation }: OperationAt) =>
      parametersOf(operation).filter(
        // Where the path differs, its parameters are part of the move.
        (parameter) => parameter.in !== "path" || this.#pair.before.path === this.#pair.after.path,
      );
    const before = new Map(relevant(this.#pair.before).map((parameter) => [key(parameter), parameter]));
    const after = new Map(relevant(this.#pair.after).map((parameter) => [key(parameter), parameter]));
    const gone = new Map([...before].filter(([id]) => !after.has(id)));
    for (const [id, parameter] of after) {
      const { in: place, name } = parameter;
      const [oldId, old] = [...gone].find(([, it]) => it.name === name) ?? [id, undefined];
      const known = before.get(id) ?? old;
      if (known === undefined) {
        const kind = parameter["required"] === true ? "parameter-added-required" : "parameter-added";
        this.#report(kind, "input", place, name);
        continue;
      }
      if (known.in !== place) {
        gone.delete(oldId);
        this.#report("parameter-moved", "input", place, name, `${quote(known.in)} → ${quote(place)}`);
      }
      this.#diffParameter(known, { ...parameter, in: known.in }, place, name);
    }
    for (const { in: place, name } of gone.values()) this.#report("parameter-removed", "input", place, name);
  }

  #diffParameter(before: JsonObject, after: JsonObject, place: string, name: string): void {
    if ((before["required"] === true) !== (after["required"] === true)) {
      this.#report(after["required"] === true ? "parameter-required" : "parameter-optional", "input", place, name);
    }
    if (before["deprecated"] !== true && after["deprecated"] === true) {
      this.#report("parameter-deprecated", "input", place, name);
    }
    this.#diffSchemas("input", before["schema"], after["schema"], place, name);
    const { required: _a, deprecated: _b, schema: _c, ...from } = before;
    const { required: _d, deprecated: _e, schema: _f, ...to } = after;
    if (JSON.stringify(from) !== JSON.stringify(to))
      this.#report("detail-changed", "input", place, name, "its encoding");
  }

  #diffBody(): void {
    const [before, after] = [this.#before["requestBody"], this.#after["requestBody"]];
    if (!isObject(before) || !isObject(after)) {
      if (isObject(before)) this.#report("body-removed", "input", "body", "body");
      if (isObject(after)) this.#report("body-added", "input", "body", "body");
      return;
    }
    if ((before["required"] === true) !== (after["required"] === true)) {
      this.#report(after["required"] === true ? "body-required" : "body-optional", "input", "body", "body");
    }
    this.#diffContent("input", before["content"], after["content"], "body");
  }

  #diffContent(direction: Direction, before: Json | undefined, after: Json | undefined, place: string): void {
    const [from, to] = [schemasByType(before), schemasByType(after)];
    const types = [...from.keys()];
    for (const [type, schema] of from) {
      if (to.has(type)) this.#diffSchemas(direction, schema, to.get(type), place, place.split(" ")[0] ?? place);
      else this.#report("media-type-removed", direction, place, type);
    }
    for (const type of to.keys()) {
      if (!types.includes(type)) this.#report("media-type-added", direction, place, type);
    }
  }

  #diffAnswers(): void {
    const [before, after] = [answersOf(this.#before), answersOf(this.#after)];
    for (const [status, answer] of before) {
      const now = after.get(status);
      if (now === undefined) this.#report("answer-removed", "output", `answer ${status}`, status);
      else this.#diffAnswer(status, answer, now);
    }
    for (const status of after.keys()) {
      if (!before.has(status)) this.#report("answer-added", "output", `answer ${status}`, status);
    }
  }

  #diffAnswer(status: string, before: JsonObject, after: JsonObject): void {
    const place = `answer ${status}`;
    if (before["content"] === undefined && after["content"] !== undefined) {
      const { content: _, ...bare } = after;
      // Nobody could read what was not described, so describing it takes nothing away.
      this.#forgiven.set(after, bare);
      this.#report("answer-described", "output", place, status);
    } else {
      this.#diffContent("output", before["content"], after["content"], place);
    }
    const [from, to] = [headersOf(before), headersOf(after)];
    for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
      if (to[name] === undefined) this.#report("property-removed", "output", `${place} header`, name);
      else if (from[name] === undefined) this.#report("property-added", "output", `${place} header`, name);
      else this.#diffSchemas("output", schemaIn(from[name]), schemaIn(to[name]), `${place} header`, name);
    }
  }

  #diffFacts(): void {
    if (this.#before["deprecated"] !== true && this.#after["deprecated"] === true) {
      this.#report("operation-deprecated", undefined, "", "");
    }
    const open = ({ operation }: OperationAt): boolean => {
      const security = operation["security"];
      return Array.isArray(security) && (security.length === 0 || security.some((way) => JSON.stringify(way) === "{}"));
    };
    const [before, after] = [open(this.#pair.before), open(this.#pair.after)];
    if (before !== after) this.#report(after ? "token-dispensable" : "token-needed", undefined, "", "");
    const tags = (operation: JsonObject): string[] => ((operation["tags"] ?? []) as Json[]).map(String);
    if (tags(this.#before).join() !== tags(this.#after).join()) {
      const detail = `${listing(tags(this.#before).map((tag) => quote(tag)))} → ${listing(tags(this.#after).map((tag) => quote(tag)))}`;
      this.#report("operation-retagged", undefined, "", "", detail);
    }
  }
}

function schemasByType(content: Json | undefined): Map<string, Json | undefined> {
  return new Map(isObject(content) ? Object.entries(content).map(([type, media]) => [type, schemaIn(media)]) : []);
}

const schemaIn = (holder: Json | undefined): Json | undefined => (isObject(holder) ? holder["schema"] : undefined);

function answersOf(operation: JsonObject): Map<string, JsonObject> {
  const responses = operation["responses"];
  const entries = isObject(responses) ? Object.entries(responses) : [];
  return new Map(entries.filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

const headersOf = (answer: JsonObject): JsonObject => (isObject(answer["headers"]) ? answer["headers"] : {});
