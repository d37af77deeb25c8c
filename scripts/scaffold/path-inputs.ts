import ts from "typescript";
import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import type { Facts, Taken } from "./facts.js";
import { commonSegments, type KnownOperation } from "./place.js";
import { lineOf, methodsOf, nameOf, ownInputs, type SourceTree } from "./source-tree.js";
import { isName } from "./words.js";

/** How the input of a method says which object is meant, and how the path is made of it. */
export interface PathInputs {
  /** What the method takes out of its input, as it is destructured. */
  destructured: string[];
  /** The names of these. */
  names: string[];
  /** The interface that has those which methods beside it share. */
  base: string | undefined;
  /** Parameters of the path that the method adds, under their own names. */
  added: Taken[];
  /** The `path` of the call; undefined where the path has no parameter. */
  path: string | undefined;
  /** What a call of another method gives for the shared ones. */
  given: Record<string, unknown>;
  /** The parts of the path that come of it. */
  segments: Record<string, string>;
}

interface Analogy extends Omit<PathInputs, "added" | "path"> {
  covers: string[];
  expression: string;
}

/** Takes over from the method whose path is the nearest, as far as the paths are the same. */
export function pathInputsFor(
  facts: Facts,
  classNode: ts.ClassDeclaration,
  known: readonly KnownOperation[],
  tree: SourceTree,
): PathInputs {
  const strange = facts.inPath.find(({ name }) => !isName(name));
  if (strange !== undefined) {
    throw new PipelineError(
      `${facts.id} has a parameter called ${quote(strange.name)} in its path; write its method by hand.`,
    );
  }
  const analogies = known
    .map((call) => ({ call, common: commonSegments(facts.path, call.at.path) }))
    .sort((a, b) => b.common - a.common)
    .flatMap(({ call, common }) => analogyOf(call, common, facts, classNode, tree) ?? []);
  const [best] = analogies.sort((a, b) => b.covers.length - a.covers.length);
  const added = facts.inPath.filter(({ name }) => best?.covers.includes(name) !== true);
  const names = [...(best?.names ?? []), ...added.map(({ name }) => name)];
  const clash = [...facts.query, ...facts.body].find(({ name }) => names.includes(name));
  if (clash !== undefined || new Set(names).size < names.length) {
    throw new PipelineError(
      `${facts.id} takes ${quote(clash?.name ?? names.join(), 60)} in its path and elsewhere; write its method by hand.`,
    );
  }
  return {
    destructured: [...(best?.destructured ?? []), ...added.map(({ name }) => name)],
    names,
    base: best?.base,
    added,
    path: pathOf(best?.expression, added),
    given: best?.given ?? {},
    segments: best?.segments ?? {},
  };
}

function pathOf(shared: string | undefined, added: readonly Taken[]): string | undefined {
  const names = added.map(({ name }) => name).join(", ");
  if (shared === undefined) return names === "" ? undefined : `{ ${names} }`;
  if (names === "") return shared;
  const inner = /^\{([^]*)\}$/.exec(shared)?.[1]?.trim().replace(/,$/, "");
  return inner === undefined ? `{ ...${shared}, ${names} }` : `{ ${inner}, ${names} }`;
}

function analogyOf(
  call: KnownOperation,
  common: number,
  facts: Facts,
  classNode: ts.ClassDeclaration,
  tree: SourceTree,
): Analogy | undefined {
  const name = call.method.split(".").at(-1);
  const method = methodsOf(classNode).find((it) => nameOf(it) === name && it.body !== undefined);
  const [parameter] = method?.parameters ?? [];
  if (method === undefined || parameter === undefined || !ts.isObjectBindingPattern(parameter.name)) return undefined;
  const expression = pathExpression(method);
  if (expression === undefined) return undefined;
  const covers = call.at.path
    .split("/")
    .slice(1, common + 1)
    .flatMap((part) => Array.from(part.matchAll(/\{([^}]*)\}/g), ([, it = ""]) => it));
  const all = Array.from(call.at.path.matchAll(/\{([^}]*)\}/g), ([, it = ""]) => it);
  // Another method's path may go further; what it puts there is its own matter.
  if (all.length !== covers.length || !covers.every((it) => facts.inPath.some(({ name: own }) => own === it)))
    return undefined;
  const elements = parameter.name.elements.filter(({ dotDotDotToken }) => dotDotDotToken === undefined);
  const used = identifiersIn(expression);
  const taken = elements.filter((element) => used.has(element.name.getText()));
  const names = taken.map((element) => element.name.getText());
  if (taken.some(({ propertyName }) => propertyName !== undefined) || usesMore(parameter.name, names, used))
    return undefined;
  const input = call.input;
  if (typeof input !== "object" || input === null) return undefined;
  const given = Object.fromEntries(
    names.flatMap((it) => (Object.hasOwn(input, it) ? [[it, (input as Record<string, unknown>)[it]]] : [])),
  );
  const segments = segmentsOf(call);
  if (segments === undefined) return undefined;
  const typeName = parameter.type?.getText() ?? "";
  const base = lineOf(tree, typeName).find((it) => sameNames(ownInputs(tree, it), names));
  if (base === undefined) return undefined;
  return {
    destructured: taken.map((it) => it.getText()),
    names,
    base,
    given,
    segments,
    covers,
    expression: expression.getText(),
  };
}

const sameNames = (one: readonly string[] | undefined, other: readonly string[]): boolean =>
  one !== undefined && one.length === other.length && one.every((name) => other.includes(name));

/** Whether the path is made of things that a method takes and the base of its input does not have. */
function usesMore(pattern: ts.ObjectBindingPattern, names: readonly string[], used: ReadonlySet<string>): boolean {
  const rest = pattern.elements.find(({ dotDotDotToken }) => dotDotDotToken !== undefined)?.name.getText();
  return (rest !== undefined && used.has(rest)) || names.length === 0;
}

/** The one `path` that a method hands on. */
function pathExpression(method: ts.MethodDeclaration): ts.Expression | undefined {
  const found: ts.Expression[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isPropertyAssignment(node) && node.name.getText() === "path") found.push(node.initializer);
    if (ts.isShorthandPropertyAssignment(node) && node.name.getText() === "path") found.push(node.name, node.name);
    ts.forEachChild(node, visit);
  };
  visit(method);
  return found.length === 1 ? found[0] : undefined;
}

function identifiersIn(node: ts.Node): Set<string> {
  const names = new Set<string>();
  const visit = (it: ts.Node): void => {
    if (ts.isIdentifier(it)) names.add(it.text);
    ts.forEachChild(it, visit);
  };
  visit(node);
  return names;
}

/** What a call puts for the parameters of its path. */
function segmentsOf({ at, request }: KnownOperation): Record<string, string> | undefined {
  const names: string[] = [];
  const pattern = at.path
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (names.push(name), "([^/]+)"));
  const found = new RegExp(`^[A-Z]+ ${pattern}(?:\\?|$)`).exec(request);
  return found === null ? undefined : Object.fromEntries(names.map((name, index) => [name, found[index + 1] ?? ""]));
}
