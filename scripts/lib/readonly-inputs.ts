import type TypeScript from "typescript";
import { isObject, operationsOf, resolvePointer, type Document, type Json } from "./document.js";
import { nameOf, shapesOf } from "./shape-types.js";

const shapes = "#/components/schemas/";

/** The shapes that callers give and never get. */
export function inputShapes(document: Document): Set<string> {
  const given = new Set<string>();
  const got = new Set<string>();
  for (const { operation } of operationsOf(document)) {
    const { parameters = null, requestBody = null, responses = null } = operation;
    reach(document, [parameters, requestBody], given);
    reach(document, responses, got);
  }
  const only = [...given].filter((reference) => reference.startsWith(shapes) && !got.has(reference));
  return new Set(only.map((reference) => reference.slice(shapes.length)));
}

/** Adds all references that a value makes, itself or through others. */
function reach(document: Document, value: Json, references: Set<string>): void {
  if (Array.isArray(value)) {
    for (const member of value) reach(document, member, references);
  } else if (isObject(value)) {
    const reference = value["$ref"];
    if (typeof reference === "string" && !references.has(reference)) {
      references.add(reference);
      reach(document, resolvePointer(document, reference) ?? null, references);
    }
    for (const member of Object.values(value)) reach(document, member, references);
  }
}

/**
 * Lets callers give lists that they cannot change, such as one `as const`: in parameters, in bodies, and in the shapes
 * that are part of nothing else. What the Hub answers is the caller's own, to change as they like.
 */
export function acceptReadonly(
  ts: typeof TypeScript,
  statements: readonly TypeScript.Node[],
  inputs: ReadonlySet<string>,
): TypeScript.Node[] {
  const { factory, SyntaxKind } = ts;
  const given = new Set<TypeScript.Node>(
    shapesOf(ts, statements).filter((shape) => inputs.has(nameOf(ts, shape) ?? "")),
  );
  for (const statement of statements) {
    if (!ts.isInterfaceDeclaration(statement) || !["paths", "operations"].includes(statement.name.text)) continue;
    for (const part of statement.members.flatMap((member) => membersOf(ts, member))) {
      if (["parameters", "requestBody"].includes(nameOf(ts, part) ?? "")) given.add(part);
    }
  }
  const freeze = (node: TypeScript.Node): TypeScript.Node => {
    const visited = ts.visitEachChild(node, freeze, undefined);
    if (!ts.isArrayTypeNode(visited) && !ts.isTupleTypeNode(visited)) return visited;
    return factory.createTypeOperatorNode(SyntaxKind.ReadonlyKeyword, visited);
  };
  const visit = (node: TypeScript.Node): TypeScript.Node =>
    given.has(node) ? freeze(node) : ts.visitEachChild(node, visit, undefined);
  return statements.map((statement) => ts.visitNode(statement, visit) as TypeScript.Node);
}

function membersOf(ts: typeof TypeScript, member: TypeScript.TypeElement): readonly TypeScript.TypeElement[] {
  return ts.isPropertySignature(member) && member.type !== undefined && ts.isTypeLiteralNode(member.type)
    ? member.type.members
    : [];
}
