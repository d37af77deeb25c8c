import { operationsOf, parametersOf, type Document, type Json, type Operation } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";

const namesIn = (path: string): string[] => Array.from(path.matchAll(/\{([^}]*)\}/g), ([, name = ""]) => name);

/** What a path needs is a parameter, whether or not upstream lists it; all that is known of it is that it is text. */
export function declarePathParameters(path: string, operation: Operation): void {
  const declared = parametersOf(operation)
    .filter((parameter) => parameter.in === "path")
    .map(({ name }) => name);
  const missing = new Set(namesIn(path).filter((name) => !declared.includes(name)));
  if (missing.size === 0) return;
  operation["parameters"] = [
    ...parametersOf(operation),
    ...[...missing].map((name): Json => ({ name, in: "path", required: true, schema: { type: "string" } })),
  ];
}

/** Refuses paths that no client could fill, with each of their places. */
export function checkPathParameters(document: Document): void {
  const problems = [...operationsOf(document)].flatMap(({ label, path, operation }) => {
    const names = namesIn(path);
    const declared = parametersOf(operation)
      .filter((parameter) => parameter.in === "path")
      .map(({ name }) => name);
    const repeated = (list: string[]): string[] => [
      ...new Set(list.filter((name, index) => list.indexOf(name) < index)),
    ];
    return [
      ...repeated(names).map((name) => `${label} has {${name}} twice in its path`),
      ...repeated(declared).map((name) => `${label} declares the path parameter ${name} twice`),
      ...declared
        .filter((name) => !names.includes(name))
        .map((name) => `${label} declares the path parameter ${name}, which is not in its path`),
    ];
  });
  if (problems.length === 0) return;
  const advice = "correct it in spec/overlay, or remove the operation there";
  if (problems.length === 1) throw new PipelineError(`${problems[0]}; ${advice}.`);
  throw new PipelineError(
    `${problems.length} path parameters do not fit their paths; correct them in spec/overlay:`,
    problems.map((problem) => `${problem}.`),
  );
}
