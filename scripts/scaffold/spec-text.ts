import { format } from "prettier";
import { PipelineError } from "../cli/pipeline-error.js";
import { methods, type Method, type OperationAt } from "../document/document.js";
import type { ProposedName } from "./name-operation.js";

/** The lock of names with one name more, in its order. */
export function addName(text: string, { path, method }: OperationAt, { id, summary }: ProposedName): string {
  const lines = text.split("\n");
  const keys = keysOf(lines);
  const entry = `  ${method}: { id: ${id}, summary: ${JSON.stringify(summary)} }`;
  const own = keys.findIndex((key) => key.path === path);
  if (own === -1) {
    const next = keys.find((key) => key.path > path)?.index ?? (lines.at(-1) === "" ? lines.length - 1 : lines.length);
    return lines.toSpliced(next, 0, `${keyText(path)}:`, entry).join("\n");
  }
  const start = keys[own]?.index ?? 0;
  const end = keys[own + 1]?.index ?? lines.length;
  const later = lines.findIndex((line, index) => {
    const known = index > start && index < end ? /^ {2}(\w+):/.exec(line)?.[1] : undefined;
    return known !== undefined && methods.indexOf(known as Method) > methods.indexOf(method);
  });
  const blank = lines.slice(start, end).findLastIndex((line) => line.trim() !== "");
  return lines.toSpliced(later === -1 ? start + blank + 1 : later, 0, entry).join("\n");
}

/** The lock of names where a path is called otherwise, in its order. */
export function moveName(text: string, from: string, to: string): string {
  const lines = text.split("\n");
  const keys = keysOf(lines);
  const own = keys.findIndex(({ path }) => path === from);
  if (own === -1) return text;
  const start = keys[own]?.index ?? 0;
  const end = keys[own + 1]?.index ?? lines.length;
  const entries = lines.slice(start + 1, end).filter((line) => line.trim() !== "");
  const beside = (lines[start] ?? "").slice(keyText(from).length);
  const rest = lines.toSpliced(start, 1 + entries.length);
  const next =
    keysOf(rest).find(({ path }) => path > to)?.index ?? (rest.at(-1) === "" ? rest.length - 1 : rest.length);
  return rest.toSpliced(next, 0, keyText(to) + beside, ...entries).join("\n");
}

function keysOf(lines: readonly string[]): { path: string; index: number }[] {
  return lines.flatMap((line, index) => {
    const found = /^("(?:[^"\\]|\\.)*"|[^\s#"'][^#]*?):(?:\s|$)/.exec(line)?.[1];
    return found === undefined ? [] : [{ path: found.startsWith('"') ? (JSON.parse(found) as string) : found, index }];
  });
}

const keyText = (path: string): string => (/^\/[\w./{}-]*$/.test(path) ? path : JSON.stringify(path));

/** The overlay of lists with one more that continues by the Link header. */
export function addLinkedList(text: string, path: string): string {
  const action =
    /\$\.paths\[\n((?: +'[^']*',?\n)+) +\]\.get\n +x-count: (\d+)\n(?: +x-reason:[^\n]*\n) +update:\n +x-paging: \{ scheme: link \}\n/.exec(
      text,
    );
  const [whole, list = "", count] = action ?? [];
  if (whole === undefined || /['\\\n]/.test(path)) {
    throw new PipelineError(
      `spec/overlay/paging.yaml has no place for ${JSON.stringify(path)}; say there how the list continues.`,
    );
  }
  const known = Array.from(list.matchAll(/'([^']*)'/g), ([, one = ""]) => one);
  if (known.includes(path)) return text;
  const next = [...known, path]
    .sort()
    .map((one) => `        '${one}'`)
    .join(",\n");
  return text.replace(whole, () =>
    whole.replace(list, () => `${next}\n`).replace(`x-count: ${count}`, `x-count: ${Number(count) + 1}`),
  );
}

export const formatYaml = (text: string): Promise<string> => format(text, { printWidth: 120, parser: "yaml" });
