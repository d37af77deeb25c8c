import { parseArgs, type ParseArgsConfig } from "node:util";
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
    if (given.positionals.length > positionals) throw new Error(`Unexpected argument '${given.positionals.at(-1)}'`);
    return given;
  } catch (error) {
    throw new PipelineError(`${(error as Error).message.split(/\.\s/)[0]}; see pnpm ${script} --help.`);
  }
}

/** Runs a script; a refusal is one line and a failing exit, never a stack. */
export async function run(script: string, main: () => Promise<void>): Promise<void> {
  try {
    await main();
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    // What a message quotes from a document may hold line breaks; a refusal stays one line.
    process.stderr.write(`${script}: ${error.message.replace(/\s+/g, " ")}\n`);
    process.exitCode = 1;
  }
}
