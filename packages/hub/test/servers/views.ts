import { format, inspect } from "node:util";

/** Everything that somebody may see of a value. */
export function views(value: unknown): string[] {
  const all = [
    String(value),
    format("%o %O %s %j", value, value, value, safeJson(value)),
    safeJson(value),
    inspect(value, { depth: 12, showHidden: true, getters: true, maxStringLength: null, maxArrayLength: null }),
  ];
  for (let error = value, depth = 0; error instanceof Error && depth < 10; error = error.cause, depth += 1) {
    all.push(error.message, error.stack ?? "", safeJson({ ...error }));
  }
  return all;
}

function safeJson(value: unknown): string {
  try {
    return JSON.stringify(value) ?? "";
  } catch {
    return "";
  }
}
