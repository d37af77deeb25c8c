import type { RepoType } from "../state/repo.js";

export interface CardReport {
  errors: { message: string }[];
  warnings: { message: string }[];
}

/** The licenses that a card may name. */
const licenses = new Set(
  `apache-2.0 mit openrail bigscience-openrail-m creativeml-openrail-m bigscience-bloom-rail-1.0 bigcode-openrail-m afl-3.0
  artistic-2.0 bsl-1.0 bsd bsd-2-clause bsd-3-clause bsd-3-clause-clear c-uda cc cc0-1.0 cc-by-2.0 cc-by-2.5 cc-by-3.0
  cc-by-4.0 cc-by-sa-3.0 cc-by-sa-4.0 cc-by-nc-2.0 cc-by-nc-3.0 cc-by-nc-4.0 cc-by-nd-4.0 cc-by-nc-nd-3.0 cc-by-nc-nd-4.0
  cc-by-nc-sa-2.0 cc-by-nc-sa-3.0 cc-by-nc-sa-4.0 cdla-sharing-1.0 cdla-permissive-1.0 cdla-permissive-2.0 wtfpl ecl-2.0
  epl-1.0 epl-2.0 etalab-2.0 eupl-1.1 eupl-1.2 agpl-3.0 gfdl gpl gpl-2.0 gpl-3.0 lgpl lgpl-2.1 lgpl-3.0 isc h-research
  intel-research lppl-1.3c ms-pl apple-ascl apple-amlr mpl-2.0 odc-by odbl openmdw-1.0 openrail++ osl-3.0 postgresql ofl-1.1
  ncsa unlicense zlib pddl lgpl-lr deepfloyd-if-license fair-noncommercial-research-license llama2 llama3 llama3.1 llama3.2
  llama3.3 llama4 grok2-community gemma unknown other`.split(/\s+/),
);

/** What has to be a list, in brackets or below. */
const lists = ["model-index"] as const;

/** What is wrong with the metadata of a card: mistakes that people make, not everything that YAML forbids. */
export function reportOn(card: string, type: RepoType): CardReport {
  const [block, metadata = ""] = /^\s*---[ \t]*\r?\n(?:([^]*?)\r?\n)?---[ \t]*(?:\r?\n|$)/.exec(card) ?? [];
  if (block === undefined) return { errors: [], warnings: [{ message: "The card has no metadata" }] };
  const lines = metadata.split(/\r?\n/);
  const broken = mistakeIn(lines);
  if (broken !== undefined) return { errors: [{ message: broken }], warnings: [] };
  const named = licensesIn(lines);
  if (named.some((name) => !licenses.has(name)))
    return { errors: [{ message: `"license" must be one of [${[...licenses].join(", ")}]` }], warnings: [] };
  const odd = lists.find((name) => lines.some((line) => new RegExp(`^${name} *: *[^\\s[&*!#]`).test(line)));
  if (odd !== undefined) return { errors: [{ message: `"${odd}" must be an array` }], warnings: [] };
  const isMissing = named.length === 0 && type !== "space";
  return { errors: [], warnings: isMissing ? [{ message: "The card names no license" }] : [] };
}

/** The first line that is no YAML, in words. */
function mistakeIn(lines: readonly string[]): string | undefined {
  const names = new Set<string>();
  let open = "";
  let blockIndent: number | undefined;
  for (const [index, line] of lines.entries()) {
    const at = ` (line ${index + 1} of the metadata)`;
    const indent = /^ */.exec(line)?.[0].length ?? 0;
    if (line.trim() === "" || (blockIndent !== undefined && indent > blockIndent)) continue;
    blockIndent = undefined;
    if (open === "") {
      if (/^ *\t/.test(line)) return `YAML does not take tabs to indent${at}`;
      const [, name, value = ""] = /^(\w.*?)\s*:(?:\s+(.*))?$/.exec(line) ?? [];
      if (name === undefined && /^\w/.test(line)) return `Expected "name: value"${at}`;
      if (name !== undefined && names.has(name)) return `"${name}" is there twice${at}`;
      if (name !== undefined) names.add(name);
      if (/^[^\s"'[{|>&*!#][^#]*: /.test(value)) return `A value with ": " in it needs quotes${at}`;
      if (/(^|[:-]\s+)[|>][-+\d]*\s*(#.*)?$/.test(line)) {
        blockIndent = indent;
        continue;
      }
    }
    open = openAfter(line, open);
  }
  return open === "" ? undefined : `Something is not closed: expected ${open.at(-1)}`;
}

/** All that may stand before a value that is not in brackets. */
const beforeValue = /^\s*(- +)*(([^\s#"'[{].*?|"[^"]*"|'[^']*')\s*:\s+)?$/;
const closing: Record<string, string> = { "[": "]", "{": "}", '"': '"', "'": "'" };

/** What has to be closed yet behind this line: brackets, and at last a quote. */
function openAfter(line: string, before: string): string {
  let open = before;
  for (const [index, sign] of [...line].entries()) {
    const last = open.at(-1);
    if (last === '"' || last === "'") {
      if (sign === last && line[index - 1] !== "\\") open = open.slice(0, -1);
    } else if (sign === "#" && (index === 0 || line[index - 1] === " ")) break;
    else if (sign === last) open = open.slice(0, -1);
    else if (closing[sign] !== undefined) {
      const isFirst = (last === undefined ? beforeValue : /[,:[{]\s*$|^\s*$/).test(line.slice(0, index));
      if (isFirst) open += closing[sign];
    }
  }
  return open;
}

/** Named on one line, in a list in brackets, or in one that goes on below. */
function licensesIn(lines: readonly string[]): string[] {
  const start = lines.findIndex((line) => /^license *:/.test(line));
  if (start < 0) return [];
  const rest = lines.slice(start + 1);
  const end = rest.findIndex((line) => !/^\s*- /.test(line));
  const items = rest.slice(0, end < 0 ? rest.length : end).map((line) => line.replace(/^\s*- /, ""));
  const value = (lines[start] ?? "").replace(/^license *:/, "").trim();
  return [...value.replace(/^\[(.*)\]/, "$1").split(","), ...items]
    .map((name) =>
      name
        .replace(/(^|\s)#.*$/, "")
        .trim()
        .replace(/^(["'])(.*)\1$/, "$2"),
    )
    .filter((name) => name !== "");
}
