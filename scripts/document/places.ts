import {
  isObject,
  operationsOf,
  parametersOf,
  resolvePointer,
  type Document,
  type Json,
  type JsonObject,
  type Operation,
} from "./document.js";

/**
 * Where a schema stands, in one short line that people read and write: `whoami 200.auth.accessToken`, `createRepo
 * body.files[]`, `listJobs query.stage`. Unions and references are looked through, so a place may hold several schemas.
 */
export type Place = string;

interface Found {
  place: Place;
  schema: JsonObject;
}

/** Every schema below the operations with its place, in the order of the document; references are followed. */
export function* placesOf(document: Document): Generator<Found> {
  for (const [root, schema] of rootsOf(document)) yield* below(document, schema, root, []);
}

/** Every schema with its place once: those of named types are theirs, as in `Job.status`. */
export function* ownPlacesOf(document: Document): Generator<Found> {
  const { components } = document;
  const named = isObject(components) && isObject(components["schemas"]) ? components["schemas"] : {};
  for (const [root, schema] of [...rootsOf(document), ...Object.entries(named)]) {
    yield* below(undefined, schema, root, []);
  }
}

function* rootsOf(document: Document): Generator<[Place, Json]> {
  for (const { label, operation } of operationsOf(document)) {
    const id = typeof operation["operationId"] === "string" ? operation["operationId"] : label;
    for (const [part, schema] of partsOf(operation)) yield [`${id} ${part}`, schema];
  }
}

/** The schemas that stand at a place; none where there is no such place. */
export function schemasAt(document: Document, place: Place): JsonObject[] {
  const space = place.indexOf(" ");
  const [id, path] = [place.slice(0, space), place.slice(space + 1)];
  const operation = [...operationsOf(document)].find((at) => at.operation["operationId"] === id)?.operation;
  if (operation === undefined) return [];
  return partsOf(operation).flatMap(([part, schema]) => {
    if (!path.startsWith(part)) return [];
    const steps = stepsOf(path.slice(part.length));
    if (steps === undefined) return [];
    return steps.reduce(
      (schemas, step) =>
        schemas.flatMap((it) =>
          childrenOf(it).flatMap(([name, child]) => (name === step ? alternatives(document, child) : [])),
        ),
      alternatives(document, schema),
    );
  });
}

/** The roots of an operation's schemas, with the word that a place begins with. */
function partsOf(operation: Operation): [string, Json][] {
  const { requestBody, responses } = operation;
  return [
    ...parametersOf(operation).map((it): [string, Json] => [`${it.in}${stepOf(it.name)}`, it["schema"] ?? {}]),
    ...contentOf(requestBody).map((schema): [string, Json] => ["body", schema]),
    ...Object.entries(isObject(responses) ? responses : {}).flatMap(([status, response]) =>
      contentOf(response).map((schema): [string, Json] => [status, schema]),
    ),
  ];
}

function contentOf(holder: Json | undefined): Json[] {
  if (!isObject(holder) || !isObject(holder["content"])) return [];
  return Object.values(holder["content"]).flatMap((media) => (isObject(media) ? [media["schema"] ?? {}] : []));
}

/** Without a document, references end the walk. */
function* below(
  document: Document | undefined,
  value: Json,
  place: Place,
  open: readonly JsonObject[],
): Generator<Found> {
  for (const schema of alternatives(document, value)) {
    if (open.includes(schema)) continue;
    yield { place, schema };
    for (const [step, child] of childrenOf(schema)) yield* below(document, child, place + step, [...open, schema]);
  }
}

/** A schema with what it refers to and what its unions join, the outermost first. */
function alternatives(document: Document | undefined, value: Json, seen: readonly JsonObject[] = []): JsonObject[] {
  if (!isObject(value) || seen.includes(value)) return [];
  const { $ref: reference, anyOf, oneOf, allOf } = value;
  if (typeof reference === "string") {
    const target = document === undefined ? undefined : resolvePointer(document, reference);
    return target === undefined ? [] : alternatives(document, target, [...seen, value]);
  }
  if (anyOf === undefined && oneOf === undefined && allOf === undefined) return [value];
  const members = [anyOf, oneOf, allOf].filter(Array.isArray).flat();
  return [value, ...members.flatMap((member) => alternatives(document, member, [...seen, value]))];
}

function childrenOf({ properties, items, prefixItems, additionalProperties }: JsonObject): [string, Json][] {
  return [
    ...Object.entries(isObject(properties) ? properties : {}).map(([name, it]): [string, Json] => [stepOf(name), it]),
    ...(isObject(items) ? [["[]", items] as [string, Json]] : []),
    ...(Array.isArray(prefixItems) ? prefixItems.map((it, index): [string, Json] => [`[${index}]`, it]) : []),
    ...(isObject(additionalProperties) ? [[".*", additionalProperties] as [string, Json]] : []),
  ];
}

const stepOf = (name: string): string => (/^[\w$@:-]+$/.test(name) ? `.${name}` : `[${JSON.stringify(name)}]`);

/** Undefined for what is no path of steps. */
function stepsOf(path: string): string[] | undefined {
  const steps = path.match(/\.\*|\.[\w$@:-]+|\[\d*\]|\["(?:[^"\\]|\\.)*"\]/g) ?? [];
  return steps.join("") === path ? steps : undefined;
}
