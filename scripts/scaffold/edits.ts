import ts from "typescript";
import { PipelineError } from "../cli/pipeline-error.js";
import type { Import } from "./types.js";
import { dirname, relative } from "node:path/posix";

const insertAt = (text: string, at: number, added: string): string => text.slice(0, at) + added + text.slice(at);

/** Puts a member behind the last public method of a class. Returns the method before it too. */
export function addMember(
  text: string,
  className: string,
  member: string,
): { text: string; after: string | undefined } {
  const source = ts.createSourceFile("class.ts", text, ts.ScriptTarget.Latest, true);
  const node = source.statements.find(
    (it): it is ts.ClassDeclaration => ts.isClassDeclaration(it) && it.name?.text === className,
  );
  if (node === undefined) throw new PipelineError(`There is no class ${className}; write its method by hand.`);
  const isPublic = (it: ts.ClassElement): boolean =>
    ts.isMethodDeclaration(it) &&
    !ts.isPrivateIdentifier(it.name) &&
    !(ts.getModifiers(it) ?? []).some(({ kind }) =>
      [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword].includes(kind),
    );
  const last = node.members.filter(isPublic).at(-1) ?? node.members.at(-1);
  const at = last?.end ?? node.members.pos;
  return { text: insertAt(text, at, `\n\n${member}`), after: last?.name?.getText() };
}

/** Puts types before the class of a file, or at its end where there is none, each behind those of its own kind. */
export function addTypes(text: string, types: readonly string[]): string {
  if (types.length === 0) return text;
  const source = ts.createSourceFile("types.ts", text, ts.ScriptTarget.Latest, true);
  const firstClass = source.statements.find(ts.isClassDeclaration);
  const statements = source.statements.filter((it) => firstClass === undefined || it.pos < firstClass.pos);
  const isType = (it: ts.Node): boolean => ts.isInterfaceDeclaration(it) || ts.isTypeAliasDeclaration(it);
  const last = statements.filter(isType).at(-1) ?? statements.filter(ts.isImportDeclaration).at(-1);
  const isLong = last !== undefined && ts.isInterfaceDeclaration(last) && last.members.length > 0;
  return insertAt(text, last?.end ?? 0, `${isLong ? "\n" : ""}\n${types.join("\n")}`);
}

/** Adds what a file does not import yet: to the import that is there, or as a line behind the others. */
export function addImports(text: string, file: string, imports: readonly Import[]): string {
  return imports.reduce((result, one) => addImport(result, file, one), text);
}

function addImport(text: string, file: string, { name, from }: Import): string {
  if (from === file) return text;
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const declared = source.statements.filter(ts.isImportDeclaration);
  const namesOf = ({ importClause }: ts.ImportDeclaration): ts.NamedImports | undefined =>
    importClause?.namedBindings !== undefined && ts.isNamedImports(importClause.namedBindings)
      ? importClause.namedBindings
      : undefined;
  if (declared.some((it) => namesOf(it)?.elements.some((element) => element.name.text === name))) return text;
  const specifier = from.startsWith("src/") ? pathFrom(file, from) : from;
  const isValue = /^[a-z]/.test(name);
  const there = declared.find(({ moduleSpecifier }) => (moduleSpecifier as ts.StringLiteral).text === specifier);
  const list = there === undefined ? undefined : namesOf(there);
  if (there !== undefined && list !== undefined) {
    const isTypes = there.importClause?.phaseModifier === ts.SyntaxKind.TypeKeyword;
    if (!isTypes || !isValue) {
      const word = isTypes || isValue ? name : `type ${name}`;
      const next = isTypes ? list.elements.find((element) => element.name.text > name) : undefined;
      if (next !== undefined) return insertAt(text, next.getStart(), `${word}, `);
      return insertAt(text, list.elements.at(-1)?.end ?? list.getStart() + 1, `, ${word}`);
    }
  }
  const line = `import ${isValue ? "" : "type "}{ ${name} } from ${JSON.stringify(specifier)};`;
  const isOutside = !from.startsWith("src/");
  return isOutside ? `${line}\n${text}` : insertAt(text, declared.at(-1)?.end ?? 0, `\n${line}`);
}

function pathFrom(file: string, target: string): string {
  const path = relative(dirname(file), target).replace(/\.ts$/, ".js");
  return path.startsWith(".") ? path : `./${path}`;
}

/** Adds an element to a list: that of a constant, or the one that a function returns. Further spreads stay behind it. */
export function addElement(text: string, owner: string, element: string): string {
  const source = ts.createSourceFile("rows.ts", text, ts.ScriptTarget.Latest, true);
  const list = source.statements.map((it) => listOf(it, owner)).find((it) => it !== undefined);
  if (list === undefined) throw new PipelineError(`There is no list ${owner} to add to; write the method by hand.`);
  const last = list.elements.filter((it) => !ts.isSpreadElement(it)).at(-1) ?? list.elements.at(-1);
  if (last === undefined) return insertAt(text, list.getStart() + 1, `\n${element},`);
  return insertAt(text, last.end, `,\n${element}`);
}

function listOf(statement: ts.Statement, owner: string): ts.ArrayLiteralExpression | undefined {
  if (ts.isVariableStatement(statement)) {
    const declared = statement.declarationList.declarations.find(({ name }) => name.getText() === owner);
    return declared?.initializer !== undefined && ts.isArrayLiteralExpression(declared.initializer)
      ? declared.initializer
      : undefined;
  }
  if (!ts.isFunctionDeclaration(statement) || statement.name?.text !== owner) return undefined;
  const returned = statement.body?.statements.find(ts.isReturnStatement)?.expression;
  return returned !== undefined && ts.isArrayLiteralExpression(returned) ? returned : undefined;
}
