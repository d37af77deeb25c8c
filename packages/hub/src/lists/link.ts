/**
 * The target of the first link with the relation `next` in a Link header (RFC 8288), or undefined. Reads odd headers as
 * far as they make sense: several links, commas and semicolons inside targets, quoted and bare parameters.
 */
export function nextLink(header: string | null): string | undefined {
  const text = header ?? "";
  let at = 0;
  while (at < text.length) {
    const open = text.indexOf("<", at);
    const close = open < 0 ? -1 : text.indexOf(">", open);
    if (close < 0) return undefined;
    const { relations, end } = readParameters(text, close + 1);
    if (relations?.includes("next") === true) return text.slice(open + 1, close).trim();
    at = end;
  }
  return undefined;
}

/** Reads `; name=value` pairs up to the comma that ends the link. The first `rel` counts. */
function readParameters(text: string, start: number): { relations: string[] | undefined; end: number } {
  const parameter = /\s*;\s*([^\s=;,<]+)?(?:\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;,"<]*)))?/y;
  let relations: string[] | undefined;
  let at = start;
  for (;;) {
    parameter.lastIndex = at;
    const match = parameter.exec(text);
    if (match === null) break;
    at = parameter.lastIndex;
    if (match[1]?.toLowerCase() === "rel" && relations === undefined) {
      relations = (match[2]?.replace(/\\(.)/g, "$1") ?? match[3] ?? "").toLowerCase().split(/\s+/);
    }
  }
  const comma = text.indexOf(",", at);
  return { relations, end: comma < 0 ? text.length : comma + 1 };
}
