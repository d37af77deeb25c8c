import { existsSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import ts from "typescript";
import { PipelineError } from "../cli/pipeline-error.js";
import { declaredBumps, isBeforeStable, isBreakBetween, mayBreak } from "./bump.js";

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
      source("@hf-api/hub/oauth", "packages/hub/src/oauth/index.ts"),
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

/** Refuses a major release where a minor one says the same. */
export function checkBumps(changesets: ReadonlyMap<string, string>, versions: ReadonlyMap<string, string>): void {
  for (const [file, text] of changesets) {
    for (const [name, bump] of declaredBumps(text)) {
      const version = versions.get(name);
      if (bump !== "major" || version === undefined || !isBeforeStable(version)) continue;
      throw new PipelineError(
        `.changeset/${file} declares a major release of ${name}, which is at ${version}; before 1.0.0 a break is a minor release.`,
      );
    }
  }
}

/** The packages of which a release that may break is declared: by a pending changeset, or by what was released since. */
export function declaredBreaks(
  changesets: Iterable<string>,
  then: ReadonlyMap<string, string>,
  now: ReadonlyMap<string, string>,
): Set<string> {
  const pending = [...changesets].flatMap((text) =>
    [...declaredBumps(text)].filter(([name, bump]) => mayBreak(bump, now.get(name) ?? "0.0.0")).map(([name]) => name),
  );
  const released = [...now].filter(([name, version]) => isBreakBetween(then.get(name) ?? version, version));
  return new Set([...pending, ...released.map(([name]) => name)]);
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
