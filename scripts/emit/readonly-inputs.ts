import type TypeScript from "typescript";
import { nameOf, shapesOf } from "./shape-types.js";

/**
 * Lets callers give lists that they cannot change, such as one `as const`: in parameters, in bodies, and in the shapes
 * that are part of nothing else. Responses are the caller's own, to change as they like.
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
