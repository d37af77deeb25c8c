import { escape } from "../lib/html.js";

const keywords =
  "as async await break catch const continue do else export finally for from function if import in instanceof interface let new of return switch throw try type typeof while yield true false null undefined";

const pattern = new RegExp(
  [
    String.raw`(?<comment>//[^\n]*|/\*[^]*?\*/)`,
    String.raw`(?<string>"(?:[^"\\\n]|\\.)*"|'(?:[^'\\\n]|\\.)*'|` + "`(?:[^`\\\\]|\\\\.)*`)",
    String.raw`(?<call>\bhub(?:\.\w+)+)`,
    String.raw`(?<keyword>\b(?:${keywords.replaceAll(" ", "|")})\b)`,
    String.raw`(?<number>\b\d[\d_.]*\b)`,
  ].join("|"),
  "g",
);

/** Code as HTML, with a class on what the eye looks for. Enough for samples; it is no parser. */
export function highlight(code: string): string {
  let text = "";
  let end = 0;
  for (const match of code.matchAll(pattern)) {
    const [kind] = Object.entries(match.groups ?? {}).find(([, found]) => found !== undefined) ?? [""];
    text += `${escape(code.slice(end, match.index))}<span class="${kind}">${escape(match[0])}</span>`;
    end = match.index + match[0].length;
  }
  return text + escape(code.slice(end));
}
