import { isVerdict, type CallOutcome } from "./cell.js";
import { lastOf, type Finished } from "./stranger.js";

/**
 * What a program told of its calls: a line of JSON for each, and one with their number to show that it came to its end.
 *
 * @throws {Error} if it did not.
 */
export function toldCalls({ code, stdout, output }: Finished): CallOutcome[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith("{") && line.endsWith("}"));
  const calls: CallOutcome[] = [];
  for (const line of lines) {
    const { call, verdict, note, ended }: Record<string, unknown> = JSON.parse(line);
    if (typeof call === "string" && isVerdict(verdict)) {
      calls.push({ call, verdict, ...(typeof note === "string" && { note }) });
    } else if (ended === calls.length) {
      return calls;
    }
  }
  const last = calls.at(-1)?.call;
  const where = last === undefined ? "before its first call" : `after the call ${last}, its ${calls.length}th`;
  throw new Error(`the program ended with ${code ?? "a signal"} ${where}: ${lastOf(output)}`);
}
