const nothing = /(?!)/;

/** A pattern of `.gitignore` or `.gitattributes`, as a test of whole paths. One that makes no sense matches nothing. */
export function pathPattern(pattern: string): RegExp {
  // Without a slash before its end, a pattern is for names at any depth.
  const isAnchored = pattern.replace(/\/$/, "").includes("/");
  const start = isAnchored ? "^" : "^(?:.*/)?";
  try {
    return new RegExp(`${start}${expressionOf(pattern.replace(/^\/|\/$/g, ""))}$`, "su");
  } catch {
    return nothing;
  }
}

const token = /\*\*\/|\*\*|\*|\?|\[[!^]?(?:\[:\w+:\]|\\.|[^\]])+\]|\\.|[^]/gu;

const replacements: Readonly<Record<string, string>> = {
  "**/": "(?:.*/)?",
  "**": ".*",
  "*": "[^/]*",
  "?": "[^/]",
};

const classes: Readonly<Record<string, string>> = {
  space: "\\s",
  digit: "\\d",
  alpha: "A-Za-z",
  alnum: "A-Za-z\\d",
  upper: "A-Z",
  lower: "a-z",
};

function expressionOf(pattern: string): string {
  return pattern.replace(token, (part) => {
    const known = replacements[part];
    if (known !== undefined) return known;
    if (part.length > 2 && part.startsWith("[")) return classOf(part);
    return literal(part.startsWith("\\") ? part.slice(1) : part);
  });
}

function classOf(part: string): string {
  const isNegated = /^\[[!^]/.test(part);
  const members = part
    .slice(isNegated ? 2 : 1, -1)
    .replace(/\[:(\w+):\]|\\(.)|[[\]^]/gsu, (member, name?: string, escaped?: string) =>
      name === undefined ? literal(escaped ?? member) : (classes[name] ?? ""),
    );
  return isNegated ? `[^/${members}]` : `[${members}]`;
}

function literal(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/]/g, "\\$&");
}
