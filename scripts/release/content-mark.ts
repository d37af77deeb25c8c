import { createHash } from "node:crypto";

// GitHub refuses texts of more than 65,536 characters.
const most = 60_000;

/**
 * The text with an invisible mark of its content at its end. As long as the mark is there, what was written says the
 * same, however a person has edited it since.
 */
export function withMark(text: string, mark: string): string {
  const fitting = text.length > most ? `${text.slice(0, most)}\n\n… (cut here)` : text;
  return `${fitting}\n\n${mark}`;
}

export const markOf = (...texts: string[]): string =>
  `<!-- content ${createHash("sha256").update(JSON.stringify(texts)).digest("hex").slice(0, 16)} -->`;
