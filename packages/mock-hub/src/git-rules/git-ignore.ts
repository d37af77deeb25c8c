import { pathPattern } from "./path-pattern.js";

/** A test of whether the text of a `.gitignore` rules out a path. Of the lines that match, the last one decides. */
export function ignoredBy(text: string): (path: string) => boolean {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const pattern = line.replace(/(?<!\\) +$/, "");
    if (pattern === "" || pattern.startsWith("#")) return [];
    const isException = pattern.startsWith("!");
    const body = isException ? pattern.slice(1) : pattern;
    return [{ matches: pathPattern(body), foldersOnly: body.endsWith("/"), isException }];
  });
  const isIgnored = (path: string, isFolder: boolean): boolean => {
    const rule = rules.findLast(({ matches, foldersOnly }) => (isFolder || !foldersOnly) && matches.test(path));
    return rule !== undefined && !rule.isException;
  };
  // What lies in an ignored folder stays ignored, whatever later lines say of it.
  return (path) => foldersOf(path).some((folder) => isIgnored(folder, true)) || isIgnored(path, false);
}

function foldersOf(path: string): string[] {
  const names = path.split("/").slice(0, -1);
  return names.map((_, index) => names.slice(0, index + 1).join("/"));
}
