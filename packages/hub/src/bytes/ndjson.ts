/** Lines of JSON, one value each, as the Hub takes commits and batches. */
export function ndjson(lines: readonly unknown[]): string {
  return lines.map((line) => `${JSON.stringify(line)}\n`).join("");
}

export const ndjsonType = "application/x-ndjson";
