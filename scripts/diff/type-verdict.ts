import type { OpenAPI3 } from "openapi-typescript";
import type TypeScript from "typescript";
import type { Direction } from "./change.js";
import { isObject, type Json, type JsonObject, type Operation } from "../document/document.js";
import { ownListTypes } from "./own-list-types.js";
import { PipelineError } from "../cli/pipeline-error.js";
import type { Verdict } from "./severity.js";
import { shareSchemas } from "../document/share.js";
import type { SpecDiff } from "./spec-diff.js";

export type Verdicts = Record<Direction, Verdict>;

/**
 * What the compiler says of each changed operation, in their order. What callers give must be assignable from the old
 * types to the new ones, what they get from the new ones to the old ones.
 */
export async function judge({ changed, tolerated }: Pick<SpecDiff, "changed" | "tolerated">): Promise<Verdicts[]> {
  const rewrite = rewriter(tolerated);
  const checks = new Map<string, TypeCheck>();
  const checkOf = (direction: Direction, before: JsonObject, after: JsonObject): string | undefined => {
    const [from, to] = [sideOf(before, direction), sideOf(withMediaTypesOf(before, after), direction)];
    const key = JSON.stringify([from, to]);
    if (JSON.stringify(from) === JSON.stringify(to)) return undefined;
    // What had no responses could not be read: describing it breaks nobody.
    if (direction === "output" && !hasResponses(from)) return undefined;
    // Many operations are one endpoint repeated for each kind of repository; one response does for all of them.
    if (!checks.has(key)) {
      // Callers must expect values that they do not know; see SchemaDiff.tolerate.
      checks.set(key, { direction, before: from, after: to, lenient: rewrite(to) as JsonObject });
    }
    return key;
  };
  const sides = changed.map(({ before, after }) => ({
    input: checkOf("input", before.operation, after.operation),
    output: checkOf("output", before.operation, after.operation),
  }));
  const results = await runChecks([...checks.values()]);
  const verdicts = new Map([...checks.keys()].map((key, index) => [key, results[index]]));
  const of = (key: string | undefined): Verdict => (key === undefined ? undefined : verdicts.get(key)) ?? "compatible";
  return sides.map(({ input, output }) => ({ input: of(input), output: of(output) }));
}

/** One side of an operation, as it was and as it is. */
interface TypeCheck {
  direction: Direction;
  before: JsonObject;
  after: JsonObject;
  lenient: JsonObject;
}

function sideOf({ parameters, requestBody, responses }: JsonObject, direction: Direction): JsonObject {
  const side = direction === "input" ? { parameters, requestBody } : { responses };
  return Object.fromEntries(Object.entries(side).filter((entry): entry is [string, Json] => entry[1] !== undefined));
}

/** A body goes out as one media type, so one that callers do not know yet changes nothing for them. */
function withMediaTypesOf(before: JsonObject, after: JsonObject): JsonObject {
  const [old, body] = [before["requestBody"], after["requestBody"]];
  if (!isObject(old) || !isObject(body) || !isObject(old["content"]) || !isObject(body["content"])) return after;
  const known = Object.keys(old["content"]);
  const content = Object.fromEntries(Object.entries(body["content"]).filter(([type]) => known.includes(type)));
  return { ...after, requestBody: { ...body, content } };
}

function hasResponses({ responses }: JsonObject): boolean {
  return isObject(responses) && Object.keys(responses).length > 0;
}

async function runChecks(checks: TypeCheck[]): Promise<Verdict[]> {
  if (checks.length === 0) return [];
  const { default: ts } = await import("typescript");
  const versions = ["before", "after", "lenient"] as const;
  const printed = await print(
    ts,
    checks.flatMap((check, index) =>
      versions.map((version) => [`${version}${index}`, check[version] as Operation] as const),
    ),
  );
  const sides = checks.flatMap(({ direction }, index) =>
    versions.map((version) => {
      const operation = `operations["${version}${index}"]`;
      const side =
        direction === "output" ? `${operation}["responses"]` : `Pick<${operation}, "parameters" | "requestBody">`;
      return `export type ${version}${index} = ${side};`;
    }),
  );
  const assignable = compile(ts, { "/lib.d.ts": lib, "/checks.ts": `${printed}\n${sides.join("\n")}` });
  return checks.map(({ direction }, index) => {
    const [before, after, lenient] = [`before${index}`, `after${index}`, `lenient${index}`];
    const compatible = direction === "input" ? assignable(before, after) : assignable(lenient, before);
    if (!compatible) return "broken";
    return assignable(before, after) && assignable(after, before) ? "equal" : "compatible";
  });
}

/** Replaces the tolerated parts, wherever they stand. */
function rewriter(tolerated: SpecDiff["tolerated"]): (value: Json) => Json {
  const rewrite = (value: Json): Json => {
    if (Array.isArray(value)) return value.map(rewrite);
    if (!isObject(value)) return value;
    const node = tolerated.get(value) ?? value;
    return Object.fromEntries(Object.entries(node).map(([name, member]) => [name, rewrite(member)]));
  };
  return rewrite;
}

/** The types of the operations by name: where they stand in a path makes no difference here. */
async function print(ts: typeof TypeScript, operations: (readonly [string, Operation])[]): Promise<string> {
  const { default: openapiTS, astToString } = await import("openapi-typescript");
  const paths = Object.fromEntries(
    operations.map(([operationId, operation]) => [`/${operationId}`, { get: { ...operation, operationId } }]),
  );
  const source = { openapi: "3.1.0", info: { title: "", version: "1" }, ...shareSchemas(paths) };
  const options = { defaultNonNullable: false, emptyObjectsUnknown: true, silent: true };
  // The generator's own idea of a document is stricter than what it accepts.
  const statements = await openapiTS(source as unknown as OpenAPI3, options).catch((error: Error) => {
    throw new PipelineError(`openapi-typescript cannot print the changed operations: ${error.message}.`);
  });
  return astToString(statements.map((statement) => ownListTypes(ts, statement)));
}

/** All that generated types take from the standard library. Reading the real one takes longer than the checks. */
const lib = `
interface Array<T> { readonly length: number; [n: number]: T }
interface Boolean {} interface CallableFunction {} interface Function {} interface IArguments {}
interface NewableFunction {} interface Number {} interface Object {} interface RegExp {} interface String {}
type Exclude<T, U> = T extends U ? never : T;
type Extract<T, U> = T extends U ? T : never;
type Pick<T, K extends keyof T> = { [P in K]: T[P] };
type Omit<T, K extends keyof any> = Pick<T, Exclude<keyof T, K>>;
type Record<K extends keyof any, T> = { [P in K]: T };
type Required<T> = { [P in keyof T]-?: T[P] };
`;

/** The compiler on files in memory; compares types that `/checks.ts` exports. */
function compile(ts: typeof TypeScript, files: Record<string, string>): (from: string, to: string) => boolean {
  const options: TypeScript.CompilerOptions = { noLib: true, strict: true, types: [], noEmit: true };
  const program = ts.createProgram(Object.keys(files), options, {
    fileExists: (name) => files[name] !== undefined,
    readFile: (name) => files[name],
    getSourceFile: (name, target) => {
      const text = files[name];
      return text === undefined ? undefined : ts.createSourceFile(name, text, target);
    },
    getDefaultLibFileName: () => "/lib.d.ts",
    getCurrentDirectory: () => "/",
    getCanonicalFileName: (name) => name,
    getNewLine: () => "\n",
    useCaseSensitiveFileNames: () => true,
    writeFile: () => undefined,
  });
  const checker = program.getTypeChecker();
  const exported = program.getSourceFile("/checks.ts");
  const module = exported && checker.getSymbolAtLocation(exported);
  if (module === undefined) throw new Error("the compiler does not know the file that asks");
  const types = new Map(
    checker.getExportsOfModule(module).map((symbol) => [symbol.name, checker.getDeclaredTypeOfSymbol(symbol)]),
  );
  const typeOf = (name: string): TypeScript.Type => {
    const type = types.get(name);
    // An unknown type would be assignable to everything and turn each break into a yes.
    if (type === undefined || (type.flags & ts.TypeFlags.Any) !== 0)
      throw new Error(`the compiler has no type ${name}`);
    return type;
  };
  return (from, to) => checker.isTypeAssignableTo(typeOf(from), typeOf(to));
}
