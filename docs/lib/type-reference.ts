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

export function typeText(type: ts.Type, checker: ts.TypeChecker): string {
  const text = checker.typeToString(type, undefined, printing).replaceAll("'", '"');
  return text.length <= longest ? text : `${text.slice(0, longest)}…`;
}

/** The properties of an object type; none of lists, texts and the like. */
export function membersOf(type: ts.Type, checker: ts.TypeChecker): Member[] {
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
