import { braces, literal } from "./code-text.js";
import type { Facts } from "./facts.js";
import { freeName, inputName, resultName } from "./method-names.js";
import type { PathInputs } from "./path-inputs.js";
import type { SourceTree } from "./source-tree.js";

/** A name and the file of the package that exports it, or the package that does. */
export interface Import {
  name: string;
  from: string;
}

/** The named types of a method: what its signature says, the interfaces that it brings, and what these are made of. */
export interface MethodTypes {
  /** Undefined where the method takes nothing. */
  input: string | undefined;
  /** Whether a call may leave the input out. */
  isOptional: boolean;
  result: string;
  interfaces: string[];
  /** Where the interfaces stand. */
  ofInterfaces: Import[];
  /** Where the method stands. */
  ofMethod: Import[];
}

const raw = "@hf-api/raw";

export function typesFor(facts: Facts, id: string, { base, added }: PathInputs, tree: SourceTree): MethodTypes {
  const interfaces: string[] = [];
  const ofInterfaces: Import[] = [];
  const ofMethod: Import[] = [];
  const isTaken = (name: string): boolean => tree.isTaken(name);
  const importType = (list: Import[], name: string): void => {
    const file = tree.findInterface(name)?.file;
    if (file !== undefined) list.push({ name, from: file });
  };

  const result = resultType();
  const parts = inputParts(facts);
  let input: string | undefined = base;
  if (parts.length > 0 || added.length > 0) {
    input = freeName(inputName(id), isTaken, ["Options"]);
    if (base !== undefined) importType(ofInterfaces, base);
    for (const part of parts) ofInterfaces.push(...part.imports);
    const above = [...(base === undefined ? [] : [base]), ...parts.map(({ text }) => text)];
    const members = added.map(({ name }) => `${name}: string;`);
    const heritage = above.length === 0 ? "" : ` extends ${above.join(", ")}`;
    interfaces.push(
      `export interface ${input}${heritage} {${members.length === 0 ? "" : `\n${members.join("\n")}\n`}}`,
    );
  } else if (base !== undefined) importType(ofMethod, base);
  const isOptional = facts.inPath.length === 0 && [...facts.query, ...facts.body].every(({ required }) => !required);
  return { input, isOptional, result, interfaces, ofInterfaces, ofMethod };

  function resultType(): string {
    const { response } = facts;
    if (response.kind === "nothing") return "void";
    if (response.kind === "text") return "string";
    if (response.kind === "unknown") return "unknown";
    const list = response.kind === "list" ? "[]" : "";
    const known = response.shape === undefined ? undefined : tree.interfaceOfShape(response.shape);
    if (known !== undefined) {
      ofMethod.push({ name: known.name, from: known.file });
      return known.name + list;
    }
    const name = freeName(response.shape ?? resultName({ ...facts, id }), isTaken, ["Info", "Details", "Result"]);
    const whole = `Result<${literal(facts.method)}, ${literal(facts.path)}>`;
    const made =
      response.shape === undefined ? (list === "" ? whole : `Item<${whole}>`) : `Schema<${literal(response.shape)}>`;
    interfaces.unshift(
      response.isObject ? `export interface ${name} extends ${made} {}` : `export type ${name} = ${made};`,
    );
    ofInterfaces.push({ name: response.shape === undefined ? "Result" : "Schema", from: raw });
    if (made.startsWith("Item<")) ofInterfaces.push({ name: "Item", from: "src/lists/item.ts" });
    return name + list;
  }
}

function inputParts(facts: Facts): { text: string; imports: Import[] }[] {
  const route = `${literal(facts.method)}, ${literal(facts.path)}`;
  const parts: { text: string; imports: Import[] }[] = [];
  const query: Import = { name: "Query", from: raw };
  const list: Import = { name: "ListInput", from: "src/lists/list-input.ts" };
  if (facts.isPaged) {
    const isSized = facts.query.some(({ name }) => name === "limit");
    if (facts.query.length > 0) {
      const left = facts.query.some(({ name }) => name === "cursor") ? `keyof ListInput | "cursor"` : "keyof ListInput";
      parts.push({ text: `Omit<Query<${route}>, ${left}>`, imports: [query, list] });
    }
    parts.push({ text: isSized ? "ListInput" : `Pick<ListInput, "limit">`, imports: [list] });
  } else if (facts.query.length > 0) parts.push({ text: `Query<${route}>`, imports: [query] });
  if (facts.body.length > 0) parts.push({ text: `Body<${route}>`, imports: [{ name: "Body", from: raw }] });
  return parts;
}

/** How a method takes its input apart, and the parts of the call that it makes of it. */
export function splitInput(facts: Facts, { destructured, path }: PathInputs): { pattern: string; parts: string[] } {
  const parts = path === undefined ? [] : [path === "path" ? "path" : `path: ${path}`];
  if (facts.isPaged) {
    const isSized = facts.query.some(({ name }) => name === "limit");
    if (isSized) return { pattern: destructured.length === 0 ? "input" : braces([...destructured, "...input"]), parts };
    const filters = facts.query.some(({ name }) => name !== "cursor") ? ["...query"] : [];
    return {
      pattern: braces([...destructured, "limit", ...filters]),
      parts: [...parts, ...filters.map(() => "query"), "limit"],
    };
  }
  const [hasQuery, hasBody] = [facts.query.length > 0, facts.body.length > 0];
  if (!hasQuery && !hasBody) return { pattern: braces(destructured), parts };
  if (hasQuery && hasBody) {
    const names = facts.query.map(({ name }) => name);
    return {
      pattern: braces([...destructured, ...names, "...body"]),
      parts: [...parts, `query: ${braces(names)}`, "body"],
    };
  }
  const rest = hasQuery ? "query" : "body";
  if (destructured.length === 0) return { pattern: "input", parts: [...parts, `${rest}: input`] };
  return { pattern: braces([...destructured, `...${rest}`]), parts: [...parts, rest] };
}
