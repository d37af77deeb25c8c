import { nameOf, type Change, type ChangeKind, type Direction, type OperationName } from "./change.js";
import { isObject, parametersOf, type Json, type JsonObject, type OperationAt } from "../document/document.js";
import { signature, type Pair } from "./match-operations.js";
import { listing, quote } from "../cli/quote.js";
import { diffSchemas, type SchemaDiff } from "./schema-diff.js";

/** The schema that the compiler checks in the place of another; see {@link SchemaDiff.tolerate}. */
export type Tolerated = Map<JsonObject, JsonObject>;

/** How one operation differs from its earlier self. */
export class OperationDiff {
  readonly #before: JsonObject;
  readonly #after: JsonObject;
  readonly #pair: Pair;
  readonly #name: OperationName;
  readonly #tolerated: Tolerated;
  readonly #shapeOf: SchemaDiff["nameOf"];
  readonly #changes: Change[] = [];

  constructor(pair: Pair, tolerated: Tolerated, shapeOf: SchemaDiff["nameOf"]) {
    this.#pair = pair;
    this.#before = pair.before.operation;
    this.#after = pair.after.operation;
    this.#name = nameOf(pair.after);
    this.#tolerated = tolerated;
    this.#shapeOf = shapeOf;
  }

  changes(): Change[] {
    if (JSON.stringify(this.#before) === JSON.stringify(this.#after)) return [];
    this.#diffParameters();
    this.#diffBody();
    this.#diffResponses();
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
      nameOf: this.#shapeOf,
      report: (change) => void this.#changes.push({ ...change, operation: this.#name, direction }),
      tolerate: (node, without) => void this.#tolerated.set(node, without),
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

  #diffResponses(): void {
    const [before, after] = [responsesOf(this.#before), responsesOf(this.#after)];
    for (const [status, response] of before) {
      const now = after.get(status);
      if (now === undefined) this.#report("response-removed", "output", `response ${status}`, status);
      else this.#diffResponse(status, response, now);
    }
    for (const status of after.keys()) {
      if (!before.has(status)) this.#report("response-added", "output", `response ${status}`, status);
    }
  }

  #diffResponse(status: string, before: JsonObject, after: JsonObject): void {
    const place = `response ${status}`;
    if (before["content"] === undefined && after["content"] !== undefined) {
      const { content: _, ...bare } = after;
      // Nobody could read what was not described, so describing it takes nothing away.
      this.#tolerated.set(after, bare);
      this.#report("response-described", "output", place, status);
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

function responsesOf(operation: JsonObject): Map<string, JsonObject> {
  const responses = operation["responses"];
  const entries = isObject(responses) ? Object.entries(responses) : [];
  return new Map(entries.filter((entry): entry is [string, JsonObject] => isObject(entry[1])));
}

const headersOf = (response: JsonObject): JsonObject => (isObject(response["headers"]) ? response["headers"] : {});
