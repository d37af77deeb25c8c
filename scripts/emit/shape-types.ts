import type TypeScript from "typescript";

type Compiler = typeof TypeScript;

/**
 * Moves each type of `components["schemas"]` to the top of the file, under its own name: an editor then shows names where
 * it would show whole objects, and callers can import them. A name that the file needs for something else, or that is no
 * name for a type, stays where it is.
 */
export function hoistShapes(ts: Compiler, statements: readonly TypeScript.Node[]): TypeScript.Node[] {
  const { factory } = ts;
  const taken = takenNames(ts, statements);
  const raised = new Map<string, TypeScript.PropertySignature>();
  for (const shape of shapesOf(ts, statements)) {
    const name = nameOf(ts, shape);
    if (name !== undefined && /^[A-Z][A-Za-z0-9]*$/.test(name) && !taken.has(name)) raised.set(name, shape);
  }
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    const name = referredName(ts, node);
    if (name !== undefined && raised.has(name)) return factory.createTypeReferenceNode(name);
    return ts.visitEachChild(node, visit, undefined);
  };
  const declarations = [...raised].map(([name, shape]) => {
    const comments = ts.getSyntheticLeadingComments(shape);
    const declaration = declare(ts, name, visit(shape.type as TypeScript.TypeNode) as TypeScript.TypeNode);
    return ts.setSyntheticLeadingComments(declaration, comments);
  });
  return statements.flatMap((statement): TypeScript.Node[] => {
    if (!isComponents(ts, statement)) return [ts.visitNode(statement, visit) as TypeScript.Node];
    return [...declarations, ts.visitNode(withReferences(ts, statement, raised), visit) as TypeScript.Node];
  });
}

function declare(ts: Compiler, name: string, type: TypeScript.TypeNode): TypeScript.Statement {
  const { factory, SyntaxKind } = ts;
  const modifiers = [factory.createModifier(SyntaxKind.ExportKeyword)];
  if (!ts.isTypeLiteralNode(type)) return factory.createTypeAliasDeclaration(modifiers, name, undefined, type);
  return factory.createInterfaceDeclaration(modifiers, name, undefined, undefined, type.members);
}

/** `components` with `Job: Job` in the place of what is declared elsewhere now. */
function withReferences(
  ts: Compiler,
  components: TypeScript.InterfaceDeclaration,
  raised: ReadonlyMap<string, TypeScript.PropertySignature>,
): TypeScript.Node {
  const { factory } = ts;
  const shapes = new Set<TypeScript.Node>(raised.values());
  const visit = (node: TypeScript.Node): TypeScript.Node => {
    if (!shapes.has(node) || !ts.isPropertySignature(node)) return ts.visitEachChild(node, visit, undefined);
    const reference = factory.createTypeReferenceNode(nameOf(ts, node) ?? "");
    return factory.createPropertySignature(node.modifiers, node.name, node.questionToken, reference);
  };
  return ts.visitEachChild(components, visit, undefined);
}

/** What the file declares, and what it takes from outside: a shape of that name would change what either means. */
function takenNames(ts: Compiler, statements: readonly TypeScript.Node[]): Set<string> {
  const names = new Set<string>();
  const visit = (node: TypeScript.Node): void => {
    if (ts.isTypeReferenceNode(node) && ts.isIdentifier(node.typeName)) names.add(node.typeName.text);
    ts.forEachChild(node, visit);
  };
  for (const statement of statements) {
    if (ts.isInterfaceDeclaration(statement) || ts.isTypeAliasDeclaration(statement)) names.add(statement.name.text);
    visit(statement);
  }
  return names;
}

/** The members of `components["schemas"]`. */
export function shapesOf(ts: Compiler, statements: readonly TypeScript.Node[]): TypeScript.PropertySignature[] {
  const components = statements.find((statement) => isComponents(ts, statement));
  const schemas = components?.members.find((member) => nameOf(ts, member) === "schemas");
  if (schemas === undefined || !ts.isPropertySignature(schemas) || schemas.type === undefined) return [];
  return ts.isTypeLiteralNode(schemas.type) ? schemas.type.members.filter(ts.isPropertySignature) : [];
}

function isComponents(ts: Compiler, statement: TypeScript.Node): statement is TypeScript.InterfaceDeclaration {
  return ts.isInterfaceDeclaration(statement) && statement.name.text === "components";
}

export function nameOf(ts: Compiler, { name }: TypeScript.TypeElement): string | undefined {
  return name !== undefined && (ts.isIdentifier(name) || ts.isStringLiteral(name)) ? name.text : undefined;
}

/** The X of `components["schemas"]["X"]`. */
function referredName(ts: Compiler, node: TypeScript.Node): string | undefined {
  if (!ts.isIndexedAccessTypeNode(node) || !ts.isIndexedAccessTypeNode(node.objectType)) return undefined;
  const { objectType: holder, indexType: section } = node.objectType;
  const isShape =
    ts.isTypeReferenceNode(holder) &&
    ts.isIdentifier(holder.typeName) &&
    holder.typeName.text === "components" &&
    literalOf(ts, section) === "schemas";
  return isShape ? literalOf(ts, node.indexType) : undefined;
}

function literalOf(ts: Compiler, node: TypeScript.TypeNode): string | undefined {
  return ts.isLiteralTypeNode(node) && ts.isStringLiteral(node.literal) ? node.literal.text : undefined;
}
