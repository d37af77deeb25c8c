import { createHash } from "node:crypto";

// GitHub refuses texts of more than 65,536 characters.
const most = 60_000;

/**
 * The text with an invisible mark of itself at its end. As long as the mark is there, what was written says the same,
 * however a person has edited it since.
 */
export function withMark(title: string, body: string): string {
  const fitting = body.length > most ? `${body.slice(0, most)}\n\n… (cut here; the branch has the rest)` : body;
  return `${fitting}\n\n${markOf(title, body)}`;
}

export const markOf = (...texts: string[]): string =>
  `<!-- content ${createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16)} -->`;
