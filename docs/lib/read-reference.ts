import type { OperationId } from "@hf-api/raw/operations";
import ts from "typescript";
import { operationsOfMethods } from "./operations-of-methods.js";
import { readHubProgram, type HubProgram } from "./program.js";
import type { ExportReference, MethodReference, NamespaceReference, Reference, TypeReference } from "./reference.js";
import { collectTypes, describeType, membersOf, typeText, withoutUndefined } from "./type-reference.js";

/** Everything that the site tells, from the sources of the packages alone. Only what has a sample is part of it. */
export function readReference(samples: ReadonlyMap<string, string>): Reference {
  const program = readHubProgram();
  const hub = program.exports.get("@hf-api/hub")?.find(({ name }) => name === "Hub");
  if (hub === undefined) throw new Error("@hf-api/hub exports no Hub");
  const context = { program, samples, operations: operationsOfMethods(), types: new Map<string, TypeReference>() };
  const properties = program.checker.getDeclaredTypeOfSymbol(hub).getProperties();
  const namespaces = properties.flatMap((property) => readNamespace(property, context));
  return {
    namespaces,
    exports: [...program.exports].flatMap(([entry, symbols]) =>
      symbols.flatMap((symbol) => readExport(symbol, entry, context)),
    ),
  };
}

interface Context {
  program: HubProgram;
  samples: ReadonlyMap<string, string>;
  operations: ReadonlyMap<string, readonly OperationId[]>;
  /** What the methods read so far mention. */
  types: Map<string, TypeReference>;
}

/** A property of Hub whose type is a class with samples. */
function readNamespace(property: ts.Symbol, context: Context): NamespaceReference[] {
  const { checker } = context.program;
  const type = checker.getTypeOfSymbol(property);
  const types = new Map<string, TypeReference>();
  const methods = readMethods(type, property.name, { ...context, types });
  if (methods.length === 0) return [];
  const byName = [...types.values()].toSorted((a, b) => (a.text < b.text ? -1 : 1));
  return [{ name: property.name, text: docOf(type.getSymbol(), checker), methods, types: byName }];
}

function readMethods(type: ts.Type, path: string, context: Context): MethodReference[] {
  const { checker } = context.program;
  const members = type.getProperties().filter(({ flags }) => flags & (ts.SymbolFlags.Method | ts.SymbolFlags.Property));
  // A class names what is its own first, then what it inherits; parts such as `files` come last.
  const own = members.flatMap((member) => readMethod(member, `${path}.${member.name}`, context));
  const parts = members.filter(
    ({ flags, declarations = [] }) => flags & ts.SymbolFlags.Property && declarations.some(isPublicPart),
  );
  return [
    ...own,
    ...parts.flatMap((part) => readMethods(checker.getTypeOfSymbol(part), `${path}.${part.name}`, context)),
  ];
}

const isPublicPart = (node: ts.Declaration): boolean =>
  ts.isPropertyDeclaration(node) && !(ts.getCombinedModifierFlags(node) & ts.ModifierFlags.Protected);

function readMethod(symbol: ts.Symbol, name: string, context: Context): MethodReference[] {
  const { checker } = context.program;
  const sample = context.samples.get(name);
  const signatures = checker.getTypeOfSymbol(symbol).getCallSignatures();
  const [narrowest] = signatures;
  const widest = signatures.at(-1);
  if (sample === undefined || narrowest === undefined || widest === undefined) return [];
  const tags = symbol.getJsDocTags(checker);
  const textsOf = (tag: string): string[] =>
    tags.flatMap(({ name: given, text }) => (given === tag ? [tidy(ts.displayPartsToString(text))] : []));
  const [first] = widest.getParameters();
  const input = first === undefined || first.name === "options" ? undefined : checker.getTypeOfSymbol(first);
  const given = typeArgument(narrowest.getReturnType(), checker);
  for (const whole of [input, given]) {
    if (whole !== undefined) collectTypes(checker.getNonNullableType(whole), checker, context.types);
  }
  return [
    {
      name,
      text: docOf(symbol, checker),
      deprecated: textsOf("deprecated")[0],
      throws: textsOf("throws"),
      remarks: textsOf("remarks"),
      signatures: signatures.map((signature) => signatureText(symbol.name, signature, checker)),
      input: input && describeType(checker.getNonNullableType(input), checker),
      result: describeResult(narrowest.getReturnType(), checker),
      sample,
      operations: context.operations.get(name) ?? [],
    },
  ];
}

function signatureText(name: string, signature: ts.Signature, checker: ts.TypeChecker): string {
  const parameters = signature.getParameters().map((parameter) => {
    const node = parameter.valueDeclaration;
    const isOptional = node !== undefined && ts.isParameter(node) && checker.isOptionalParameter(node);
    const type = typeText(checker.getTypeOfSymbol(parameter), checker);
    // A parameter that is taken apart has no name of its own.
    const label = parameter.name.startsWith("__") ? "input" : parameter.name;
    return `${label}${isOptional ? "?" : ""}: ${isOptional ? withoutUndefined(type) : type}`;
  });
  const variables =
    signature.getDeclaration().typeParameters?.map((node) => node.getText().replace(/^const /, "")) ?? [];
  const generic = variables.length === 0 ? "" : `<${variables.join(", ")}>`;
  return `${name}${generic}(${parameters.join(", ")}): ${typeText(signature.getReturnType(), checker)}`;
}

/** What `await`, a loop or a list of pages gives: that is what a reader wants to know the members of. */
function describeResult(type: ts.Type, checker: ts.TypeChecker): MethodReference["result"] {
  const held = checker.isArrayType(type) ? type : (typeArgument(type, checker) ?? type);
  const item = checker.isArrayType(held) ? (typeArgument(held, checker) ?? held) : held;
  const isPlain = item.getSymbol()?.name === "Promise";
  const { doc, members } = isPlain ? { doc: "", members: [] } : describeType(item, checker);
  return { text: typeText(type, checker), doc: tidy(doc), members };
}

function typeArgument(type: ts.Type, checker: ts.TypeChecker): ts.Type | undefined {
  if (!(type.flags & ts.TypeFlags.Object) || !("target" in type)) return undefined;
  return checker.getTypeArguments(type as ts.TypeReference)[0];
}

function readExport(symbol: ts.Symbol, entry: string, { program, samples }: Context): ExportReference[] {
  const { checker } = program;
  const isClass = Boolean(symbol.flags & ts.SymbolFlags.Class);
  const [declaration] = symbol.declarations ?? [];
  const isRuntime = isClass || symbol.flags & ts.SymbolFlags.Function;
  const isOption = symbol.name === "HubOptions" || symbol.name === "RequestOptions";
  if (declaration === undefined || (!isRuntime && !isOption)) return [];
  // Namespaces have pages of their own.
  if (declaration.getSourceFile().fileName.includes("/src/namespaces/")) return [];
  const type = symbol.name === "Hub" ? undefined : checker.getDeclaredTypeOfSymbol(symbol);
  const members = type === undefined ? [] : membersOf(type, checker);
  const [signature] = symbol.flags & ts.SymbolFlags.Function ? checker.getTypeOfSymbol(symbol).getCallSignatures() : [];
  return [
    {
      name: symbol.name,
      entry,
      signature: signature && signatureText(symbol.name, signature, checker),
      text: docOf(symbol, checker),
      sample: samples.get(symbol.name),
      // What every Error has goes without saying.
      members: members.filter(({ name }) => !/^(__@|stack$|message$|cause$)/.test(name)),
    },
  ];
}

function docOf(symbol: ts.Symbol | undefined, checker: ts.TypeChecker): string {
  return symbol === undefined ? "" : tidy(ts.displayPartsToString(symbol.getDocumentationComment(checker)));
}

/** Comments are wrapped at the width of the source; pages wrap by themselves. */
function tidy(text: string): string {
  return text.replaceAll(/([^\n])\n(?![\n\-*])/g, "$1 ").trim();
}
