import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { NotRun, type Cell, type Outcome } from "./cell.js";

/** Runs one cell in a folder of its own below `folder`. Whatever it ends in is an outcome. */
export async function prove(cell: Cell, folder: string, cache: string): Promise<Outcome> {
  const started = performance.now();
  const place = { folder: join(folder, cell.name), cache };
  const seconds = (): number => (performance.now() - started) / 1000;
  try {
    await mkdir(place.folder, { recursive: true });
    const calls = await cell.run(place);
    if (calls.length === 0) return { cell, calls, seconds: seconds(), failure: "it made no call at all" };
    return { cell, calls, seconds: seconds() };
  } catch (error) {
    const message = error instanceof Error ? error.message : String(error);
    if (error instanceof NotRun) return { cell, calls: [], seconds: seconds(), notRun: message };
    return { cell, calls: [], seconds: seconds(), failure: message };
  }
}

/** Whether the outcome fails the run; a cell that cannot run does if all of them have to. */
export const isFailure = ({ calls, failure, notRun }: Outcome, needAll: boolean): boolean =>
  failure !== undefined || (notRun !== undefined && needAll) || calls.some(({ verdict }) => verdict === "differs");
