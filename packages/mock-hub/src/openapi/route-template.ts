import type { Operation } from "./document.js";

/** The document's templates in the router's spelling: a parameter fills a segment, or takes all that are left. */
export function templateOf(path: string, { parameters = [] }: Operation): string {
  const rest = parameters.find((parameter) => parameter["x-multi-segment"])?.name;
  return path
    .split("/")
    .map((segment) => {
      const [, first] = /\{(\w+)\}/.exec(segment) ?? [];
      return first === undefined ? segment : `{${first}${first === rest ? "..." : ""}}`;
    })
    .join("/");
}
