/** A sample that also prints what it found: examples in doc comments need not, but who runs one wants to see it. */
export function showingResults(code: string): string {
  if (code.includes("console.log(")) return code;
  const names = Array.from(code.matchAll(/^const (?:\{([^}]*)\}|\[([^\]]*)\]|(\w+)) =/gm)).flatMap(
    ([, properties, items, name]) => (name ?? properties ?? items ?? "").split(",").map(boundName),
  );
  return names.length === 0 ? code : `${code}\nconsole.log(${names.join(", ")});`;
}

/** `b` of `a: b` and of `b = 1`. */
function boundName(part: string): string {
  return part.split("=")[0]?.split(":").at(-1)?.trim() ?? "";
}
