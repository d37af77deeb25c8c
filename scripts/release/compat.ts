import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { PipelineError } from "../cli/pipeline-error.js";

/** A complaint of the compiler about a file of the last release. */
export interface Complaint {
  /** Relative to the repository. */
  file: string;
  line: number;
  message: string;
}

/**
 * Compiles files as they were at the last release in the place of today's, against today's sources. What no longer
 * compiles would break callers in the same way.
 */
export function compileOld(root: string, files: ReadonlyMap<string, string>): Complaint[] {
  const old = new Map([...files].map(([file, text]) => [resolve(root, file), text]));
  const options = readOptions(root);
  const host = ts.createCompilerHost(options);
  const folders = new Set([...old.keys()].map(dirname));
  const { fileExists, readFile, getSourceFile, directoryExists } = host;
  host.fileExists = (name) => old.has(resolve(name)) || fileExists(name);
  host.readFile = (name) => old.get(resolve(name)) ?? readFile(name);
  // A folder that is gone by now still holds the files of then.
  host.directoryExists = (name) => folders.has(resolve(name)) || (directoryExists?.(name) ?? true);
  host.getSourceFile = (name, target, ...rest) => {
    const text = old.get(resolve(name));
    return text === undefined ? getSourceFile(name, target, ...rest) : ts.createSourceFile(name, text, target);
  };
  host.getCurrentDirectory = () => root;
  const program = ts.createProgram([...old.keys()], options, host);
  return [...old.keys()].flatMap((path) => {
    const source = program.getSourceFile(path);
    if (source === undefined) throw new PipelineError(`The compiler did not take ${path}.`);
    const found = [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    return found.map(({ start = 0, messageText }) => ({
      file: path.slice(resolve(root).length + 1).replaceAll("\\", "/"),
      line: source.getLineAndCharacterOfPosition(start).line + 1,
      message: ts.flattenDiagnosticMessageText(messageText, " ").split("\n")[0] ?? "",
    }));
  });
}

function readOptions(root: string): ts.CompilerOptions {
  const file = join(root, "tsconfig.base.json");
  const base: unknown = existsSync(file) ? ts.parseConfigFileTextToJson(file, readFileSync(file, "utf8")).config : {};
  const { options } = ts.parseJsonConfigFileContent(base, ts.sys, root);
  const source = (name: string, path: string): [string, string[]] => [name, [join(root, path)]];
  return {
    ...options,
    noEmit: true,
    declaration: false,
    isolatedDeclarations: false,
    types: ["node"],
    resolveJsonModule: true,
    // The sources, so that nothing has to be built.
    paths: Object.fromEntries([
      source("@hf-api/raw", "packages/raw/src/index.ts"),
      source("@hf-api/raw/operations", "packages/raw/src/generated/operations.ts"),
      source("@hf-api/hub", "packages/hub/src/index.ts"),
      source("@hf-api/hub/node", "packages/hub/src/node/index.ts"),
      source("@hf-api/mock-hub", "packages/mock-hub/src/index.ts"),
      source("@hf-api/mock-hub/node", "packages/mock-hub/src/node.ts"),
    ]),
  };
}

/** The packages that the text of a file speaks of; what imports neither stands for the methods. */
export function packagesOf({ file }: Complaint, text: string): string[] {
  const found = ["@hf-api/raw", "@hf-api/hub"].filter(
    (name) => text.includes(`"${name}"`) || file.startsWith(`packages/${name.slice("@hf-api/".length)}/`),
  );
  return found.length > 0 ? found : ["@hf-api/hub"];
}

/** The packages that a changeset declares a major release of. */
export function declaredMajors(changesets: Iterable<string>): Set<string> {
  const majors = new Set<string>();
  for (const text of changesets) {
    const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(text)?.[1] ?? "";
    for (const [, name] of head.matchAll(/^["']?([^"':]+)["']?: *major\s*$/gm))
      if (name !== undefined) majors.add(name);
  }
  return majors;
}

/** The packages whose version went up by a major since then: such a release was declared, and its note is used up. */
export function releasedMajors(then: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): string[] {
  const major = (version: string | undefined): number => Number.parseInt(version ?? "0", 10);
  return [...now.keys()].filter((name) => then.has(name) && major(now.get(name)) > major(then.get(name)));
}

/** The packages that break code of the last release without a word. */
export function undeclared(
  complaints: readonly Complaint[],
  files: ReadonlyMap<string, string>,
  declared: ReadonlySet<string>,
): string[] {
  const broken = new Set(complaints.flatMap((it) => packagesOf(it, files.get(it.file) ?? "")));
  return [...broken].filter((name) => !declared.has(name)).sort();
}
