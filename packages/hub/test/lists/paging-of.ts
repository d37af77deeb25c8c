import document from "@hf-api/raw/openapi.json" with { type: "json" };
import { operations, type OperationId } from "@hf-api/raw/operations";

/** How the merged document says that a list continues. */
export interface Paging {
  scheme: "link" | "page" | "index" | "skip";
  /** The property that holds the items; the response itself is the list when left out. */
  items?: string;
  /** Where the whole list's length is told: a property, its parts joined by dots, or `header:` and a name. */
  total?: string;
}

export const pagedOperations: OperationId[] = (Object.keys(operations) as OperationId[]).filter((id) =>
  ["link", "page", "index", "skip"].includes(operations[id].paging ?? ""),
);

export function pagingOf(id: OperationId): Paging {
  const { method, path } = operations[id];
  const paths = document.paths as unknown as Record<string, Record<string, { "x-paging"?: Paging }>>;
  const paging = paths[path]?.[method]?.["x-paging"];
  if (paging === undefined) throw new Error(`${id} has no x-paging in the document`);
  return paging;
}

/** The parameter that tells the pages of a list apart. */
export const pageParameter: Record<Paging["scheme"], string> = {
  link: "cursor",
  page: "p",
  index: "startIndex",
  skip: "skip",
};
