import ts from "typescript";

/** The sources of the package by their paths from its root, as text. */
export type Sources = Map<string, string>;

/** A class or an interface, and where it stands. */
export interface Declared<N extends ts.Node> {
  file: string;
  text: string;
  node: N;
}

/** Looks at sources; each is parsed anew once its text has changed. */
export class SourceTree {
  readonly #sources: Sources;
  readonly #parsed = new Map<string, ts.SourceFile>();

  constructor(sources: Sources) {
    this.#sources = sources;
  }

  get files(): string[] {
    return [...this.#sources.keys()].filter((file) => file.startsWith("src/") && !file.endsWith(".test.ts"));
  }

  parse(file: string): ts.SourceFile | undefined {
    const text = this.#sources.get(file);
    if (text === undefined) return undefined;
    const known = this.#parsed.get(file);
    if (known?.text === text) return known;
    const parsed = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
    this.#parsed.set(file, parsed);
    return parsed;
  }

  findClass(name: string): Declared<ts.ClassDeclaration> | undefined {
    return this.#find(`class ${name} `, (node): node is ts.ClassDeclaration => ts.isClassDeclaration(node), name);
  }

  findInterface(name: string): Declared<ts.InterfaceDeclaration> | undefined {
    return this.#find(
      `interface ${name}`,
      (node): node is ts.InterfaceDeclaration => ts.isInterfaceDeclaration(node),
      name,
    );
  }

  #find<N extends ts.Node & { name?: ts.Identifier | undefined }>(
    hint: string,
    isKind: (node: ts.Node) => node is N,
    name: string,
  ): Declared<N> | undefined {
    for (const file of this.files) {
      const text = this.#sources.get(file) ?? "";
      if (!text.includes(hint)) continue;
      const node = this.parse(file)?.statements.find((it) => isKind(it) && it.name?.text === name);
      if (node !== undefined && isKind(node)) return { file, text, node };
    }
    return undefined;
  }

  /** The interface by which the package already exports a named type of raw. */
  interfaceOfShape(shape: string): { file: string; name: string } | undefined {
    for (const file of this.files) {
      const found = new RegExp(`^export interface (\\w+) extends Schema<"${shape}"> \\{\\}`, "m").exec(
        this.#sources.get(file) ?? "",
      );
      if (found?.[1] !== undefined) return { file, name: found[1] };
    }
    return undefined;
  }

  /** Whether some file of the package exports a name. */
  isTaken(name: string): boolean {
    const pattern = new RegExp(`\\b(interface|type|class|function|const) ${name}\\b`);
    return name in globalThis || this.files.some((file) => pattern.test(this.#sources.get(file) ?? ""));
  }
}

/** The class above a class. */
export function baseOf(node: ts.ClassDeclaration): string | undefined {
  const clause = node.heritageClauses?.find(({ token }) => token === ts.SyntaxKind.ExtendsKeyword);
  const base = clause?.types[0]?.expression;
  return base !== undefined && ts.isIdentifier(base) ? base.text : undefined;
}

export const methodsOf = (node: ts.ClassDeclaration): ts.MethodDeclaration[] =>
  node.members.filter((member): member is ts.MethodDeclaration => ts.isMethodDeclaration(member));

export const nameOf = (node: ts.MethodDeclaration): string => node.name.getText();

/** The properties of an interface with those above it; undefined where one of these is made of generated types. */
export function ownInputs(tree: SourceTree, name: string): string[] | undefined {
  const found = tree.findInterface(name);
  if (found === undefined) return undefined;
  const own = found.node.members.map((member) => member.name?.getText() ?? "");
  const above = (found.node.heritageClauses ?? []).flatMap(({ types }) => types);
  const inherited = above.map(({ expression: base, typeArguments }) =>
    typeArguments === undefined ? ownInputs(tree, base.getText()) : undefined,
  );
  return inherited.includes(undefined) ? undefined : [...inherited.flatMap((names) => names ?? []), ...own];
}

/** The interfaces that an interface is made of, itself first. */
export function lineOf(tree: SourceTree, name: string): string[] {
  const above = (tree.findInterface(name)?.node.heritageClauses ?? []).flatMap(({ types }) => types);
  return [name, ...above.flatMap(({ expression: base }) => (ts.isIdentifier(base) ? lineOf(tree, base.text) : []))];
}
