/** What comes from a document is data: each way into code or a comment has its own way to keep it so. */

/** A string literal. */
export const literal = (text: string): string => JSON.stringify(text);

/** The text between the backticks of a template. */
export const templatePart = (text: string): string => text.replace(/[`\\]|\$(?=\{)/g, "\\$&");

/** A value as an expression; keys stand without quotes wherever they may. */
export function expression(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(expression).join(", ")}]`;
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  return braces(Object.entries(value).map(([name, member]) => `${key(name)}: ${expression(member)}`));
}

export const braces = (members: readonly string[]): string =>
  members.length === 0 ? "{}" : `{ ${members.join(", ")} }`;

const key = (name: string): string =>
  name === "__proto__" ? '["__proto__"]' : /^[A-Za-z_$][\w$]*$/.test(name) ? name : JSON.stringify(name);

/** A text that ends no comment, makes no tag of one, and stays in its line. */
export const inComment = (text: string): string =>
  text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\s]+/gu, " ")
    .replaceAll("*/", "*\\/")
    .replaceAll("@", "(at)")
    .trim();

/** A comment before a member of a class, in lines of at most 120 characters. A part is a paragraph, or lines of their own. */
export function docComment(paragraph: string, lines: readonly string[]): string {
  const words = paragraph.split(" ");
  const rows = [""];
  for (const word of words) {
    const last = rows.at(-1) ?? "";
    if (last === "") rows[rows.length - 1] = word;
    else if (`   * ${last} ${word}`.length > 120) rows.push(word);
    else rows[rows.length - 1] = `${last} ${word}`;
  }
  return ["  /**", ...[...rows, "", ...lines].map((row) => `   * ${row}`.trimEnd()), "   */"].join("\n");
}
