import { readdirSync, readFileSync } from "node:fs";

/** The example of one doc comment. */
export interface Example {
  /** A class, a class and its method as in `RepoFiles.list`, or a function. */
  subject: string;
  code: string;
  file: string;
}

const sources = new URL("../src/", import.meta.url);

/** Every `@example` of the sources, in the order of the files. */
export function readExamples(): Example[] {
  return sourceFiles().flatMap((file) => examplesOf(readFileSync(new URL(file, sources), "utf8"), file));
}

/** Of one source file. What a comment speaks of is the declaration behind it. */
export function examplesOf(source: string, file: string): Example[] {
  const examples: Example[] = [];
  let className = "";
  const pattern =
    /^export (?:abstract )?class (?<name>\w+)|^ *\/\*\*(?<comment>(?:(?!\*\/)[^])*)\*\/\s*(?<next>[^\n]*)/gm;
  for (const { groups = {} } of source.matchAll(pattern)) {
    const { name, comment = "", next = "" } = groups;
    const declared = name ?? /^export (?:abstract )?class (\w+)/.exec(next)?.[1];
    if (declared !== undefined) className = declared;
    const member = /^(?:async )?\*?(\w+)[(<]/.exec(next)?.[1];
    const subject = declared ?? (member === undefined ? functionIn(next) : `${className}.${member}`);
    for (const code of examplesIn(comment)) examples.push({ subject, code, file });
  }
  return examples;
}

/** What cannot be read is given as it is, so that a test names it. */
function functionIn(line: string): string {
  return /^export (?:async )?function\*? (\w+)/.exec(line)?.[1] ?? line;
}

function examplesIn(comment: string): string[] {
  const text = comment.replaceAll(/^ *\* ?/gm, "");
  return text
    .split(/^@/m)
    .filter((tag) => tag.startsWith("example\n"))
    .map((tag) => tag.slice("example\n".length).trim());
}

function sourceFiles(): string[] {
  return readdirSync(sources, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
    .toSorted();
}
