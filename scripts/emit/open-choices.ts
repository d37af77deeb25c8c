import type TypeScript from "typescript";

/**
 * Keeps the known values of a field that may hold any text: the compiler would make `"a" | string` a plain string, and an
 * editor could offer nothing.
 */
export function keepChoices<N extends TypeScript.Node>(ts: typeof TypeScript, node: N): N {
  const { factory, SyntaxKind } = ts;
  const isText = (type: TypeScript.TypeNode): boolean => type.kind === SyntaxKind.StringKeyword;
  const isChoice = (type: TypeScript.TypeNode): boolean =>
    ts.isTypeReferenceNode(type) || (ts.isLiteralTypeNode(type) && ts.isStringLiteral(type.literal));
  const visit = (inner: TypeScript.Node): TypeScript.Node => {
    const visited = ts.visitEachChild(inner, visit, undefined);
    if (!ts.isUnionTypeNode(visited) || !visited.types.some(isText) || !visited.types.some(isChoice)) return visited;
    const anyOther = factory.createParenthesizedType(
      factory.createIntersectionTypeNode([
        factory.createKeywordTypeNode(SyntaxKind.StringKeyword),
        factory.createTypeLiteralNode([]),
      ]),
    );
    return factory.createUnionTypeNode(visited.types.map((type) => (isText(type) ? anyOther : type)));
  };
  return ts.visitNode(node, visit) as N;
}
