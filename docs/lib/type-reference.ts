import ts from "typescript";
import type { Member, TypeReference } from "./reference.js";

const printing = ts.TypeFormatFlags.NoTruncation | ts.TypeFormatFlags.UseSingleQuotesForStringLiteralType;
const longest = 160;

/** A type as the site shows it: its name, what its comment says, and what it holds. */
export function describeType(type: ts.Type, checker: ts.TypeChecker): TypeReference {
  const symbol = type.aliasSymbol ?? type.getSymbol();
  const doc = symbol === undefined ? "" : ts.displayPartsToString(symbol.getDocumentationComment(checker));
  return { text: typeText(type, checker), doc, members: membersOf(type, checker) };
}

/** The named types of these packages that are inside of a type, each with its members. */
export function collectTypes(type: ts.Type, checker: ts.TypeChecker, found: Map<string, TypeReference>): void {
  const seen = new Set<ts.Type>();
  const visit = (part: ts.Type): void => {
    if (seen.has(part)) return;
    seen.add(part);
    if (part.isUnionOrIntersection()) part.types.forEach(visit);
    if ((part.flags & ts.TypeFlags.Object) === 0 || part.getCallSignatures().length > 0) return;
    if (checker.isArrayLikeType(part)) return checker.getTypeArguments(part as ts.TypeReference).forEach(visit);
    const symbol = part.aliasSymbol ?? part.getSymbol();
    const [declaration] = symbol?.declarations ?? [];
    const source = declaration?.getSourceFile().fileName ?? "";
    if (symbol === undefined || !/\/packages\/(hub|raw)\//.test(source) || part.isClass()) return;
    const isNamed = part !== type && !symbol.name.startsWith("__") && part.aliasTypeArguments === undefined;
    if (isNamed && !found.has(symbol.name)) found.set(symbol.name, describeType(part, checker));
    for (const property of checker.getPropertiesOfType(part)) visit(checker.getTypeOfSymbol(property));
  };
  visit(type);
}

export function typeText(type: ts.Type, checker: ts.TypeChecker): string {
  const text = checker.typeToString(type, undefined, printing).replaceAll("'", '"');
  // What may be written there is read whole; an object is looked up in an editor.
  return text.length <= longest || !text.includes("{") ? text : `${text.slice(0, longest)}…`;
}

/** The properties of an object type, or of any type of a union; none of lists, texts and the like. */
export function membersOf(type: ts.Type, checker: ts.TypeChecker): Member[] {
  const common = ownMembersOf(type, checker);
  if (!type.isUnion()) return common;
  // What one kind alone has.
  const others = new Map<string, Member>();
  for (const member of type.types.flatMap((kind) => membersOf(kind, checker))) {
    if (common.some(({ name }) => name === member.name)) continue;
    const seen = others.get(member.name);
    const isNews = seen !== undefined && !seen.type.split(" | ").includes(member.type);
    const text = isNews ? `${seen.type} | ${member.type}` : (seen?.type ?? member.type);
    others.set(member.name, { ...member, type: text, isOptional: true, doc: member.doc || (seen?.doc ?? "") });
  }
  return [...common, ...others.values()];
}

function ownMembersOf(type: ts.Type, checker: ts.TypeChecker): Member[] {
  if (isOpaque(type, checker)) return [];
  return checker.getPropertiesOfType(type).flatMap((property) => {
    const [declaration] = property.declarations ?? [];
    if (declaration !== undefined && ts.getCombinedModifierFlags(declaration as ts.Declaration) & hidden) return [];
    // A private field is a member for the compiler only.
    if (property.name.startsWith("#")) return [];
    const isOptional = Boolean(property.flags & ts.SymbolFlags.Optional);
    const declared = checker.getTypeOfSymbol(property);
    return [
      {
        name: property.name,
        type: isOptional ? withoutUndefined(typeText(declared, checker)) : typeText(declared, checker),
        isOptional,
        doc: ts
          .displayPartsToString(property.getDocumentationComment(checker))

          .trim(),
      },
    ];
  });
}

/** An optional member says so by its mark. */
export function withoutUndefined(type: string): string {
  return type.replace(/ \| undefined$/, "");
}

const hidden = ts.ModifierFlags.Private | ts.ModifierFlags.Protected;

function isOpaque(type: ts.Type, checker: ts.TypeChecker): boolean {
  const isObject = type.isUnionOrIntersection() || Boolean(type.flags & ts.TypeFlags.Object);
  return !isObject || checker.isArrayLikeType(type) || type.getCallSignatures().length > 0;
}
