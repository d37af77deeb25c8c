import { existsSync } from "node:fs";
import { dirname, resolve } from "node:path";
import { parseArgs, type ParseArgsConfig } from "node:util";
import { closest } from "./closest.js";
import { PipelineError } from "./pipeline-error.js";

type Options = NonNullable<ParseArgsConfig["options"]>;
type Values<O extends Options> = {
  [Name in keyof O]?: O[Name]["type"] extends "boolean" ? boolean : string;
};

/** What a script was called with. */
export interface Arguments<O extends Options> {
  values: Values<O> & { help?: boolean };
  positionals: string[];
}

/** The options and arguments of a script; what it does not know is refused in one sentence. */
export function readArguments<const O extends Options>(script: string, options: O, positionals = 0): Arguments<O> {
  try {
    const given = parseArgs({
      // pnpm hands a separating `--` through.
      args: process.argv.slice(2).filter((argument) => argument !== "--"),
      options: { ...options, help: { type: "boolean", short: "h" } },
      allowPositionals: positionals > 0,
    }) as Arguments<O>;
    const empty = Object.entries(given.values).find(([, value]) => value === "")?.[0];
    if (empty !== undefined) throw new Error(`Option '--${empty}' needs a value`);
    if (given.positionals.length > positionals) throw new Error(`Unexpected argument '${given.positionals.at(-1)}'`);
    return given;
  } catch (error) {
    const message = (error as Error).message.split(/\.\s/)[0] ?? "";
    const unknown = /^Unknown option '--([^']+)'/.exec(message)?.[1];
    const meant = unknown === undefined ? undefined : closest(unknown, Object.keys(options));
    const advice = meant === undefined ? "" : ` (did you mean --${meant}?)`;
    throw new PipelineError(`${message}${advice}; see pnpm ${script} --help.`);
  }
}

/** Refuses a file that cannot be written for want of its folder, before anything else is done. */
export function checkFolderOf(option: string, file: string | undefined): void {
  if (file !== undefined && !existsSync(dirname(resolve(file)))) {
    throw new PipelineError(`--${option} names ${file}, whose folder does not exist; make it first.`);
  }
}

/** Runs a script; a refusal is a line for each of its sentences and a failing exit, never a stack. */
export async function run(script: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    // What a message quotes from a document may hold line breaks; each sentence stays one line.
    for (const line of [`${script}: ${error.message}`, ...error.reasons.map((reason) => `- ${reason}`)]) {
      process.stderr.write(`${line.replace(/\s+/g, " ")}\n`);
    }
    process.exitCode = 1;
  }
}
