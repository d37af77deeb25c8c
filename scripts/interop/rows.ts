import type { CallOutcome } from "./cell.js";
import { brief, difference, Rejection } from "./matches.js";

/** One call of a stranger's client, or of ours to a stranger's server, with what it has to result in. */
export interface Row<Context> {
  /** The function, and what sets this call apart from others of it. */
  call: string;
  run(context: Context): unknown;
  /** See `difference`. */
  expect: unknown;
  differs?: Difference;
}

/** A difference that was looked into. Once the call results in what the row expects, the row fails. */
interface Difference {
  /** Whose it is: the stranger's own, or something the mock Hub lacks. */
  whose: "stranger" | "mock";
  because: string;
  expect: unknown;
}

const limit = 30_000;

/** Makes the calls in their order; later ones may build on what earlier ones left in the context. */
export async function runRows<Context>(
  rows: readonly Row<Context>[],
  context: Context,
  isUnserved: (error: unknown) => boolean = () => false,
): Promise<CallOutcome[]> {
  const outcomes: CallOutcome[] = [];
  for (const row of rows) outcomes.push({ call: row.call, ...(await judge(row, context, isUnserved)) });
  return outcomes;
}

type Judgement = Omit<CallOutcome, "call">;

async function judge<Context>(
  { run, expect, differs }: Row<Context>,
  context: Context,
  isUnserved: (error: unknown) => boolean,
): Promise<Judgement> {
  const [result, failed] = await settle(() => run(context));
  const judged = (expected: unknown): string | undefined =>
    failed === expected instanceof Rejection
      ? difference(result, expected)
      : `${failed ? "it fails with" : "it does not fail, and results in"} ${brief(result)}`;
  const found = judged(expect);
  if (differs === undefined) {
    if (found === undefined) return { verdict: "same" };
    if (failed && isUnserved(result)) return { verdict: "unserved", note: brief(result) };
    return { verdict: "differs", note: found };
  }
  if (found === undefined) return { verdict: "differs", note: "it no longer differs; remove `differs` from its row" };
  const still = judged(differs.expect);
  if (still === undefined) return { verdict: "known", note: `${differs.whose}: ${differs.because}` };
  return { verdict: "differs", note: `it differs in another way than before: ${still}` };
}

async function settle(run: () => unknown): Promise<[result: unknown, failed: boolean]> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`no result after ${limit / 1000} s`)), limit);
  });
  try {
    return [await Promise.race([Promise.resolve().then(run), late]), false];
  } catch (error) {
    return [error, true];
  } finally {
    clearTimeout(timer);
  }
}
