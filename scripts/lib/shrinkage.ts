import { canonical, operationsOf, type Document, type Json } from "./document.js";
import { PipelineError } from "./pipeline-error.js";

const tolerated = 0.02;

/**
 * Refuses a document that looks like an accident at the Hub's end rather than a change of its interface: many
 * operations gone at once, a whole area gone, many answers that lost their schema, another server or security scheme.
 */
export function checkShrinkage(before: Document, after: Document): void {
  const gone = operationCount(before) - operationCount(after);
  if (gone > operationCount(before) * tolerated) {
    refuse(`it lost ${gone} of ${operationCount(before)} operations`);
  }
  const areas = areasOf(after);
  const goneAreas = [...areasOf(before)].filter((area) => !areas.has(area));
  if (goneAreas.length > 0) refuse(`the area ${goneAreas.join(", ")} is gone`);
  const untyped = typedAnswers(before) - typedAnswers(after) - Math.max(gone, 0);
  if (untyped > typedAnswers(before) * 0.05) refuse(`${untyped} answers lost their schema`);
  for (const part of ["servers", "security"]) {
    if (canonical(before[part] ?? null) !== canonical(after[part] ?? null)) refuse(`its ${part} changed`);
  }
  if (canonical(securitySchemes(before)) !== canonical(securitySchemes(after))) refuse("its security schemes changed");
}

function refuse(what: string): never {
  throw new PipelineError(
    `Refusing the document: ${what}. If that is meant, run again with --accept-loss and say so in the commit.`,
  );
}

const operationCount = (document: Document): number => [...operationsOf(document)].length;

const areasOf = (document: Document): Set<string> =>
  new Set([...operationsOf(document)].flatMap(({ operation }) => (operation["tags"] as string[] | undefined) ?? []));

const typedAnswers = (document: Document): number =>
  [...operationsOf(document)].filter(({ operation }) =>
    JSON.stringify(operation["responses"] ?? {}).includes('"schema":{"'),
  ).length;

const securitySchemes = (document: Document): Json =>
  (document["components"] as { securitySchemes?: Json } | undefined)?.securitySchemes ?? null;
