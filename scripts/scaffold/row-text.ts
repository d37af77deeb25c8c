import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import { isObject, type Document, type Json } from "../document/document.js";
import { braces, expression, literal, templatePart } from "./code-text.js";
import type { Facts, Taken } from "./facts.js";
import type { PathInputs } from "./path-inputs.js";
import { fits, sampleOf, worthShowing } from "./sample.js";

/** What a call gives, and what the request must be. */
export interface ShownCall {
  input: Record<string, Json>;
  /** Path and query as sent. */
  target: string;
  body: Record<string, Json> | undefined;
}

/** A value for each input by which a call shows what the method does, in the words of the texts around it. */
export function shownCall(document: Document, facts: Facts, inputs: PathInputs, texts: readonly string[]): ShownCall {
  const value = (taken: Taken): Json => valueFor(document, taken, texts);
  const place = { ...inputs.given, ...valuesOf(inputs.added, value) } as Record<string, Json>;
  const filters = facts.query.filter(({ name }) => !facts.isPaged || (name !== "cursor" && name !== "limit"));
  const query = valuesOf(
    worthShowing(filters, 2).filter((taken) => taken.required || isPlain(sampleOf(document, taken.schema))),
    value,
  );
  const body = bodyValues(facts, value);
  return {
    input: { ...place, ...query, ...body },
    target: pathOf(facts, { ...inputs.segments, ...valuesOf(inputs.added, value) }) + queryOf(query),
    body,
  };
}

/** What a call has to give. */
export function leastCall(
  document: Document,
  facts: Facts,
  inputs: PathInputs,
  texts: readonly string[],
): Record<string, Json> {
  const value = (taken: Taken): Json => valueFor(document, taken, texts);
  return {
    ...valuesOf([...inputs.added, ...facts.query.filter(({ required }) => required)], value),
    ...bodyValues(facts, value),
  };
}

function bodyValues(facts: Facts, value: (taken: Taken) => Json): Record<string, Json> | undefined {
  if (facts.body.length === 0) return undefined;
  return valuesOf(worthShowing(facts.body, facts.body.some(({ required }) => required) ? 0 : 1), value);
}

const valuesOf = (taken: readonly Taken[], value: (taken: Taken) => Json): Record<string, Json> =>
  Object.fromEntries(taken.map((one) => [one.name, value(one)]));

const isPlain = (value: Json | undefined): boolean => value !== undefined && !isObject(value);

const someId = "65a1b2c3d4e5f60718293a4b";

/** What other calls give under this name, where it fits; else what the schema takes. */
function valueFor(document: Document, { name, schema }: Taken, texts: readonly string[]): Json {
  for (const text of texts) {
    const value = usualValue(text, name, (it) => fits(document, schema, it));
    if (value !== undefined) return value;
  }
  const value = name.endsWith("Id") && fits(document, schema, someId) ? someId : sampleOf(document, schema);
  if (value === undefined)
    throw new PipelineError(`No value for ${quote(name)} can be made up; write the method by hand.`);
  return value;
}

/** The value that a text gives under a name most often. */
export function usualValue(text: string, name: string, suits: (value: Json) => boolean): Json | undefined {
  if (!/^\w+$/.test(name)) return undefined;
  const counts = new Map<string, number>();
  for (const [, found = ""] of text.matchAll(new RegExp(`\\b${name}: ("(?:[^"\\\\\\n]|\\\\.)*"|\\d+\\b(?!_))`, "g"))) {
    if (suits(JSON.parse(found) as Json)) counts.set(found, (counts.get(found) ?? 0) + 1);
  }
  const [most] = [...counts].sort(([, a], [, b]) => b - a);
  return most === undefined ? undefined : (JSON.parse(most[0]) as Json);
}

function pathOf(facts: Facts, segments: Record<string, Json>): string {
  return facts.path.replaceAll(/\{([^}]*)\}/g, (_, name: string) => {
    const value = String(segments[name]);
    return /%[0-9A-F]{2}/.test(value) ? value : encodeURIComponent(value);
  });
}

function queryOf(query: Record<string, Json>): string {
  const pairs = Object.entries(query).flatMap(([name, value]) =>
    [value].flat().map((one) => `${encodeURIComponent(name)}=${encodeURIComponent(String(one))}`),
  );
  return pairs.length === 0 ? "" : `?${pairs.join("&")}`;
}

/** Where a row stands, and what it calls. */
export interface RowPlace {
  namespace: string;
  method: string;
  /** The name of the operations of a family, with `Repo` for the kind. */
  family?: string;
}

/** An element of the rows. */
export function rowText(
  facts: Facts,
  { namespace, method, family }: RowPlace,
  { input, target, body }: ShownCall,
): string {
  const given = Object.keys(input).length === 0 ? "" : expression(input);
  const size = facts.isPaged ? sizeOf(facts, 5) : undefined;
  const called = `${family === undefined ? `hub.${namespace}` : "hub[kind]"}.${method}`;
  const sent = withQuery(target, size);
  const verb = facts.method.toUpperCase();
  const limited = facts.isPaged ? expression({ ...input, limit: 5 }) : given;
  return braces([
    `method: ${family === undefined ? literal(`${namespace}.${method}`) : `\`\${kind}.${method}\``}`,
    `operation: ${family === undefined ? literal(facts.id) : `id(${literal(family)})`}`,
    `call: (hub) => ${called}(${limited})${facts.isPaged ? ".take()" : ""}`,
    `request: ${family === undefined ? literal(`${verb} ${sent}`) : `\`${verb} ${familyPath(sent)}\``}`,
    ...(body === undefined ? [] : [`body: ${expression(body)}`]),
    ...(facts.response.kind === "list" && !facts.isPaged ? ["response: { body: [] }"] : []),
  ]);
}

/** An element of the list cases. */
export function listCaseText(
  facts: Facts,
  { namespace, method, family }: RowPlace,
  { input, target }: ShownCall,
): string {
  const size = sizeOf(facts, 2);
  const given = expression({ ...input, ...(size === undefined ? {} : { pageSize: size }) });
  const asks = withQuery(target, size);
  return braces([
    `operation: ${family === undefined ? literal(facts.id) : `\`${family.replace("Repo", () => "${name}")}\``}`,
    `list: (hub) => ${family === undefined ? `hub.${namespace}` : "hub[kind]"}.${method}(${given === "{}" ? "" : given})`,
    `asks: ${family === undefined ? literal(asks) : `\`${familyPath(asks).replace("/api/${kind}/ns/repo", () => "/api/${kind}/ns/repo")}\``}`,
  ]);
}

const familyPath = (target: string): string => templatePart(target).replace(/^\/api\/models\//, () => "/api/${kind}/");

const withQuery = (target: string, limit: number | undefined): string =>
  limit === undefined ? target : `${target}${target.includes("?") ? "&" : "?"}limit=${limit}`;

/** The size of a page, as near to the wanted one as the operation allows. */
function sizeOf(facts: Facts, wanted: number): number | undefined {
  const limit = facts.query.find(({ name }) => name === "limit");
  if (limit === undefined) return undefined;
  return Math.max(wanted, isObject(limit.schema) ? Number(limit.schema["minimum"] ?? 1) : 1);
}
