import type { Figure } from "./figure.js";

/** The most that a figure may be, and why that much. */
export interface Budget {
  atMost: number;
  reason: string;
  /** How many named methods there were when it was set, where each further one may add its bytes. */
  methods?: number;
}

/** What a named method may weigh, in KiB of gzip. */
const kibibytesPerMethod = 30 / 1024;

/** By group of figures, then by the figure's name. */
export type Budgets = ReadonlyMap<string, ReadonlyMap<string, Budget>>;

/** Reads the file's text; what it does not say clearly is refused with what to write instead. */
export function parseBudgets(text: string, groups: readonly string[]): Budgets {
  return new Map(
    entriesOf(JSON.parse(text), "the file").map(([group, figures]) => {
      if (!groups.includes(group)) throw new Error(`there is no group "${group}"; there are ${groups.join(", ")}`);
      return [group, new Map(entriesOf(figures, group).map(([name, it]) => [name, parseBudget(name, it)]))];
    }),
  );
}

function parseBudget(name: string, given: unknown): Budget {
  const { atMost, reason, methods } = Object.fromEntries(entriesOf(given, name));
  if (typeof atMost !== "number" || !(atMost > 0)) throw new Error(`"${name}" needs "atMost", a number above 0`);
  if (typeof reason !== "string" || reason.trim() === "") throw new Error(`"${name}" needs "reason", a sentence`);
  if (methods === undefined) return { atMost, reason };
  if (!Number.isSafeInteger(methods))
    throw new Error(`"${name}" needs "methods" to be a whole number, or to be absent`);
  return { atMost, reason, methods: methods as number };
}

function entriesOf(value: unknown, name: string): [string, unknown][] {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new Error(`${name} has to be an object, not ${JSON.stringify(value)}`);
  }
  return Object.entries(value);
}

/** The figures that have a budget, held against it. A budget of a figure that nobody measures would never be reached. */
export function applyBudgets(
  figures: readonly Figure[],
  budgets: ReadonlyMap<string, Budget>,
  methodsNow: number,
): Figure[] {
  return [...budgets].map(([name, { atMost, methods = methodsNow }]) => {
    const figure = figures.find((it) => it.name === name);
    if (figure === undefined) {
      throw new Error(`there is no figure "${name}"; there are ${figures.map((it) => it.name).join("; ")}`);
    }
    return { ...figure, atMost: atMost + (methodsNow - methods) * kibibytesPerMethod };
  });
}
