/** A client or a server that somebody else wrote, run against ours. */
export interface Cell {
  name: string;
  group: "javascript" | "python" | "go";
  /** What runs against what, for `--list`. */
  about: string;
  run(place: Workplace): Promise<CallOutcome[]>;
}

export interface Workplace {
  /** An empty folder of the cell's own, removed after it. */
  folder: string;
  /** Where builds are kept between runs. */
  cache: string;
}

export interface CallOutcome {
  call: string;
  /**
   * `same`: as expected; `known`: as its row says that it differs; `unserved`: the server has no such route; `differs`:
   * a fault that nobody has judged yet.
   */
  verdict: Verdict;
  /** What differs, or the reason. */
  note?: string;
}

const verdicts = ["same", "known", "unserved", "differs"] as const;
export type Verdict = (typeof verdicts)[number];

export const isVerdict = (value: unknown): value is Verdict => verdicts.some((verdict) => verdict === value);

export interface Outcome {
  cell: Cell;
  seconds: number;
  calls: readonly CallOutcome[];
  /** Why the cell did not come to its end. */
  failure?: string;
  /** What is missing on this machine, and how to get it. */
  notRun?: string;
}

/** The cell needs something that is not on this machine. The message names it and says how to get it. */
export class NotRun extends Error {
  override readonly name = "NotRun";
}
