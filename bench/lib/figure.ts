/** One measured thing, as a line of the table. */
export interface Figure {
  name: string;
  value: number;
  /** Of a ratio: none. */
  unit?: "KiB" | "MiB" | "s" | "µs";
  /** Whole numbers, such as how many calls failed, are shown as such. */
  count?: boolean;
  atMost?: number;
  atLeast?: number;
  /** The absolute figures behind the value; they hold for this machine and this run alone. */
  beside?: string;
}

export interface Benchmark {
  title: string;
  measure(): Promise<Figure[]>;
}

/** Whether the figure reaches its goal; undefined where it has none. */
export function reached({ value, atMost, atLeast }: Pick<Figure, "value" | "atMost" | "atLeast">): boolean | undefined {
  if (atMost === undefined && atLeast === undefined) return undefined;
  return value <= (atMost ?? Infinity) && value >= (atLeast ?? -Infinity);
}
