import type TypeScript from "typescript";

/**
 * Lets every optional property hold `undefined` as well: queries and JSON leave such a property out, and whoever hands a
 * value on that may be absent need not ask first, under `exactOptionalPropertyTypes` neither.
 */
export function acceptUndefined<N extends TypeScript.Node>(ts: typeof TypeScript, node: N): N {
  const { factory, SyntaxKind } = ts;
  const nothing = factory.createKeywordTypeNode(SyntaxKind.UndefinedKeyword);
  const visit = (inner: TypeScript.Node): TypeScript.Node => {
    const visited = ts.visitEachChild(inner, visit, undefined);
    if (!ts.isPropertySignature(visited) || visited.questionToken === undefined) return visited;
    const { modifiers, name, questionToken, type } = visited;
    // `never` says that there is no such property.
    if (type === undefined || type.kind === SyntaxKind.NeverKeyword) return visited;
    const members = ts.isUnionTypeNode(type) ? [...type.types, nothing] : [type, nothing];
    return factory.updatePropertySignature(
      visited,
      modifiers,
      name,
      questionToken,
      factory.createUnionTypeNode(members),
    );
  };
  return ts.visitNode(node, visit) as N;
}
