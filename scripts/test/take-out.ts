import ts from "typescript";
import type { Sources } from "../scaffold/source-tree.js";

/** The sources as they were before a method was written: without it, its types, rows, list case and line. */
export function takeOut(
  sources: Sources,
  method: { class: string; name: string; types?: readonly string[]; operations: readonly string[] },
): Sources {
  const { operations, types = [] } = method;
  const isGone = (node: ts.Node): boolean => {
    if (ts.isMethodDeclaration(node)) {
      const parent = node.parent;
      return ts.isClassDeclaration(parent) && parent.name?.text === method.class && node.name.getText() === method.name;
    }
    if (ts.isInterfaceDeclaration(node) || ts.isTypeAliasDeclaration(node)) return types.includes(node.name.text);
    if (!ts.isObjectLiteralExpression(node) || !ts.isArrayLiteralExpression(node.parent)) return false;
    const operation = node.properties.find((it) => it.name?.getText() === "operation");
    return operation !== undefined && operations.some((id) => new RegExp(`\\b${id}\\b`).test(operation.getText()));
  };
  return new Map(
    [...sources].map(([file, text]): [string, string] => {
      if (file === "llms.txt") {
        return [
          file,
          text.replace(/^- (\w+): (.*)$/gm, (line, namespace: string, list: string) => {
            const isOf = new RegExp(`^export (?:abstract )?class ${method.class} `, "m");
            const isShared = method.class === "RepoNamespace" && /^(models|datasets|spaces)$/.test(namespace);
            const own = [...sources].some(
              ([it, code]) =>
                isOf.test(code) &&
                new RegExp(`get ${namespace}\\(\\): ${method.class}\\b`).test(sources.get("src/hub.ts") ?? it),
            );
            return isShared || own
              ? `- ${namespace}: ${list
                  .split(", ")
                  .filter((it) => it !== method.name)
                  .join(", ")}`
              : line;
          }),
        ];
      }
      const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
      const gone: [number, number][] = [];
      const visit = (node: ts.Node): void => {
        if (!isGone(node)) return void ts.forEachChild(node, visit);
        const isElement = ts.isObjectLiteralExpression(node);
        gone.push([node.getFullStart(), isElement && text[node.end] === "," ? node.end + 1 : node.end]);
      };
      visit(source);
      return [file, gone.toReversed().reduce((left, [from, to]) => left.slice(0, from) + left.slice(to), text)];
    }),
  );
}
