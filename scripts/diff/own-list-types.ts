import type TypeScript from "typescript";

/**
 * Writes each list as a function that returns its items, so that each is a type of its own. The compiler takes three
 * instances of one generic type inside each other, such as `Array`, for a recursion: it says "maybe", which counts
 * as assignable, and remembers that for every list of the same items. A function is as covariant in what it returns as
 * a list in its items, and no more of an object with unnamed properties.
 */
export function ownListTypes<N extends TypeScript.Node>(ts: typeof TypeScript, node: N): N {
  const { factory, SyntaxKind } = ts;
  const returning = (items: TypeScript.TypeNode): TypeScript.TypeElement =>
    factory.createCallSignature(undefined, [], items);
  const property = (name: number | string, type: TypeScript.TypeNode): TypeScript.TypeElement =>
    factory.createPropertySignature(undefined, factory.createStringLiteral(String(name)), undefined, type);
  const visit = (inner: TypeScript.Node): TypeScript.Node => {
    const visited = ts.visitEachChild(inner, visit, undefined);
    if (ts.isArrayTypeNode(visited)) return factory.createTypeLiteralNode([returning(visited.elementType)]);
    if (!ts.isTupleTypeNode(visited)) return visited;
    // A tuple is a list, and knows its length.
    const members = visited.elements.map((element) => (ts.isNamedTupleMember(element) ? element.type : element));
    const items = members.length > 0 ? members : [factory.createKeywordTypeNode(SyntaxKind.NeverKeyword)];
    const length = factory.createLiteralTypeNode(factory.createNumericLiteral(members.length));
    return factory.createTypeLiteralNode([
      returning(factory.createUnionTypeNode(items)),
      ...members.map((type, index) => property(index, type)),
      property("length", length),
    ]);
  };
  return ts.visitNode(node, visit) as N;
}
