/**
 * Text from somebody else's document, made fit for a pull request, a changelog and a workflow's log: inside a code mark
 * GitHub neither notifies nor links, and no runner takes it for a command.
 */
export function quote(text: string, most = 60): string {
  const plain = text
    .replace(/[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]+/gu, " ")
    .replaceAll("`", "'")
    // Runners look for the old form of their commands anywhere in a line, for the new one at its start.
    .replaceAll("##[", "## [")
    .replaceAll("::", ": :")
    .trim();
  return `\`${plain.length > most ? `${plain.slice(0, most - 1)}…` : plain || " "}\``;
}

/** `a`, `b` and `c`; of many, the first few and how many more. */
export function listing(items: readonly string[], most = 6, joint: "and" | "or" = "and"): string {
  if (items.length > most) return `${items.slice(0, most - 1).join(", ")} ${joint} ${items.length - most + 1} more`;
  return items.length < 2 ? items.join("") : `${items.slice(0, -1).join(", ")} ${joint} ${items.at(-1) ?? ""}`;
}
