import { closest } from "../cli/closest.js";
import { PipelineError } from "../cli/pipeline-error.js";

/** The cells that are requested by their own name or by their group's; all of them when nothing is requested. */
export function selectCells<C extends { name: string; group: string }>(
  cells: readonly C[],
  asked: readonly string[],
): C[] {
  if (asked.length === 0) return [...cells];
  const known = new Set<string>(cells.flatMap(({ name, group }) => [group, name]));
  const unknown = asked.filter((name) => !known.has(name));
  if (unknown.length > 0) {
    const meant = unknown.map((name) => closest(name, [...known])).filter((name) => name !== undefined);
    const advice = meant.length > 0 ? `did you mean ${meant.join(", ")}?` : `there are ${[...known].join(", ")}.`;
    throw new PipelineError(`There is no cell ${unknown.join(", ")}; ${advice}`);
  }
  return cells.filter(({ name, group }) => asked.includes(name) || asked.includes(group));
}
