import { parseJson } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, requiredText, type Fields } from "../http/fields.js";

export interface CommitHeader {
  summary: string;
  description: string;
  parentCommit: string | undefined;
}

export interface CommitLine {
  key: string;
  value: Fields;
}

/** One JSON object a line: a header, then what to do to each file. */
export function readCommit(body: Uint8Array): { header: CommitHeader; changes: CommitLine[] } {
  const [first, ...changes] = linesOf(body);
  if (first?.key !== "header") throw invalid('Expected a line with the key "header" before all others');
  if (changes.some(({ key }) => key === "header")) throw invalid("Expected one header only", "key");
  return { header: headerOf(first.value), changes };
}

function headerOf(value: Fields): CommitHeader {
  const summary = requiredText(value, "summary");
  if (summary.trim() === "") throw invalid("Expected a summary of the commit", "summary");
  const parentCommit = field.optionalText(value, "parentCommit");
  if (parentCommit !== undefined && !/^[0-9a-f]{7,40}$/.test(parentCommit))
    throw invalid("Expected the id of a commit", "parentCommit");
  return { summary, description: field.optionalText(value, "description") ?? "", parentCommit };
}

const newline = 10;

/** Decoded line by line: the whole may be longer than a string can be. */
function linesOf(body: Uint8Array): CommitLine[] {
  const decoder = new TextDecoder();
  const lines: CommitLine[] = [];
  for (let start = 0; start < body.length;) {
    const found = body.indexOf(newline, start);
    const end = found < 0 ? body.length : found;
    const line = decoder.decode(body.subarray(start, end));
    start = end + 1;
    if (line.trim() === "") continue;
    const fields = field.asFields(parseJson(line));
    lines.push({ key: requiredText(fields, "key"), value: field.asFields(fields["value"]) });
  }
  return lines;
}
