import { readFileSync } from "node:fs";

/** A row of the tables for those who come from another client. */
export interface NamesElsewhere {
  /** What they call it. */
  there: readonly string[];
  /** The method, class or function that does it here, if there is one. */
  here: string | undefined;
  differences: string;
}

const document = new URL("../../packages/hub/MIGRATING.md", import.meta.url);

export function readNamesElsewhere(): NamesElsewhere[] {
  return namesElsewhere(readFileSync(document, "utf8"));
}

/** The rows of every table whose columns are there, here and differences. */
export function namesElsewhere(markdown: string): NamesElsewhere[] {
  const rows: NamesElsewhere[] = [];
  let isInside = false;
  for (const line of markdown.split("\n")) {
    const [first = "", second = "", third = ""] = cellsOf(line);
    if (!line.startsWith("|")) isInside = false;
    else if (first === "there" && second === "here" && third === "differences") isInside = true;
    else if (isInside && !first.startsWith("-")) {
      const here = codeIn(second)[0]?.replace(/^new /, "");
      rows.push({ there: codeIn(first), here, differences: third.replaceAll("`", "") });
    }
  }
  if (rows.length === 0) throw new Error("there is no table with the columns there, here and differences");
  return rows;
}

const cellsOf = (line: string): string[] =>
  line
    .split("|")
    .slice(1, -1)
    .map((cell) => cell.trim());

const codeIn = (cell: string): string[] => Array.from(cell.matchAll(/`([^`]+)`/g), ([, code = ""]) => code);
