const width = 64;
const mostItems = 100;

/** A value as text, as a console would show it. */
export function inspect(value: unknown, depth = 0, seen: readonly unknown[] = []): string {
  if (typeof value === "string") return depth === 0 ? value : JSON.stringify(value);
  if (typeof value === "bigint") return `${value}n`;
  if (typeof value === "function") return `[function ${value.name}]`;
  if (typeof value !== "object" || value === null) return String(value);
  if (value instanceof Error) return `${value.name}: ${value.message}`;
  if (value instanceof Date) return value.toISOString();
  if (ArrayBuffer.isView(value)) return `${value.constructor.name} of ${value.byteLength} bytes`;
  if (seen.includes(value)) return "[circular]";
  if (depth > 6) return "…";
  const below = [...seen, value];
  if (Array.isArray(value) || value instanceof Set) {
    return enclosed("", "[", listed([...value].map((item) => inspect(item, depth + 1, below))), "]");
  }
  const entries = value instanceof Map ? [...value] : Object.entries(value);
  const members = entries.map(([key, member]) => `${keyText(key)}: ${inspect(member, depth + 1, below)}`);
  return enclosed(classPrefix(value), "{", listed(members), "}");
}

function listed(parts: readonly string[]): string[] {
  const rest = parts.length - mostItems;
  return rest > 0 ? [...parts.slice(0, mostItems), `… ${rest} more`] : [...parts];
}

function enclosed(prefix: string, open: string, parts: readonly string[], close: string): string {
  if (parts.length === 0) return `${prefix}${open}${close}`;
  const line = `${prefix}${open} ${parts.join(", ")} ${close}`;
  if (line.length <= width && !line.includes("\n")) return line;
  return `${prefix}${open}\n${parts.map((part) => `  ${part.replaceAll("\n", "\n  ")},\n`).join("")}${close}`;
}

function keyText(key: unknown): string {
  const text = String(key);
  return /^[A-Za-z_$][\w$]*$/.test(text) ? text : JSON.stringify(text);
}

function classPrefix(value: object): string {
  const name: unknown = (Object.getPrototypeOf(value) as object | null)?.constructor.name;
  return typeof name === "string" && name !== "Object" ? `${name} ` : "";
}
