import { canonical, isObject, operationsOf, type Document, type JsonObject } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { listing, quote } from "../cli/quote.js";

const tolerated = 0.02;

/**
 * Refuses a document that looks like an accident at the Hub's end rather than a change of its interface: many
 * operations gone at once, a whole area gone, many responses that lost their schema, another server or security scheme.
 */
export function checkShrinkage(before: Document, after: Document): void {
  const found: string[] = [];
  const refuse = (what: string): void => void found.push(what);
  const gone = operationCount(before) - operationCount(after);
  if (gone > operationCount(before) * tolerated) {
    const kept = labelsOf(after);
    const lost = [...labelsOf(before)].filter((label) => !kept.has(label)).sort();
    refuse(`it lost ${gone} of ${operationCount(before)} operations, among them ${listing(lost)}`);
  }
  const areas = areasOf(after);
  const goneAreas = [...areasOf(before)].filter((area) => !areas.has(area));
  if (goneAreas.length > 0) refuse(`the area ${goneAreas.join(", ")} is gone`);
  const untyped = typedAnswers(before) - typedAnswers(after) - Math.max(gone, 0);
  if (untyped > typedAnswers(before) * 0.05) refuse(`${untyped} responses lost their schema`);
  for (const part of ["servers", "security"]) {
    const [from, to] = [canonical(before[part] ?? null), canonical(after[part] ?? null)];
    if (from !== to) refuse(`its ${part} changed, ${quote(from, 160)} → ${quote(to, 160)}`);
  }
  const [from, to] = [securitySchemes(before), securitySchemes(after)];
  const names = [...new Set([...Object.keys(from), ...Object.keys(to)])];
  const differing = names.filter((name) => canonical(from[name] ?? null) !== canonical(to[name] ?? null));
  if (differing.length > 0) {
    const how = (name: string): string =>
      Object.hasOwn(from, name) ? (Object.hasOwn(to, name) ? "changed" : "gone") : "new";
    refuse(`its security schemes changed: ${listing(differing.map((name) => `${quote(name)} is ${how(name)}`))}`);
  }
  if (found.length === 0) return;
  const advice = "If that is meant, run again with --accept-loss and say so in the commit.";
  throw new PipelineError(`Refusing the document: ${found.join("; ")}. ${advice}`);
}

const labelsOf = (document: Document): Set<string> => new Set([...operationsOf(document)].map(({ label }) => label));

const operationCount = (document: Document): number => [...operationsOf(document)].length;

const areasOf = (document: Document): Set<string> =>
  new Set([...operationsOf(document)].flatMap(({ operation }) => (operation["tags"] as string[] | undefined) ?? []));

const typedAnswers = (document: Document): number =>
  [...operationsOf(document)].filter(({ operation }) =>
    JSON.stringify(operation["responses"] ?? {}).includes('"schema":{"'),
  ).length;

function securitySchemes({ components }: Document): JsonObject {
  return isObject(components) && isObject(components["securitySchemes"]) ? components["securitySchemes"] : {};
}
