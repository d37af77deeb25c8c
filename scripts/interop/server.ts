import { createServer, type AddressInfo } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import { lastOf, startStranger, type StrangerOptions } from "./stranger.js";

/** A port of loopback that nothing listens on at the moment. */
export async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

export interface ServerOptions extends Omit<StrangerOptions, "limit"> {
  program: string;
  args: readonly string[];
  url: string;
  /** Milliseconds until its first response. */
  startLimit?: number;
}

/** Runs a stranger's server for the time that the work takes. If it ends before that, so does the work. */
export async function withServer<T>(
  { program, args, url, startLimit = 30_000, ...options }: ServerOptions,
  work: () => Promise<T>,
): Promise<T> {
  const server = startStranger(program, args, options);
  const died = server.ended.then(({ code, output }) => {
    throw new Error(`${program} ended with ${code ?? "a signal"} while it was needed: ${lastOf(output)}`);
  });
  // It is looked at below; until then, and once the work is done, its end is no news.
  died.catch(() => {});
  const late = sleep(startLimit, undefined, { ref: false }).then(() => "late" as const);
  try {
    const started = await Promise.race([died, late, answers(url, () => server.isEnded())]);
    if (started === "late")
      throw new Error(
        `${program} gave no response at ${url} within ${startLimit / 1000} s: ${lastOf(server.output())}`,
      );
    return await Promise.race([died, work()]);
  } finally {
    server.end();
    await server.ended.catch(() => {});
  }
}

/** Any response will do. */
async function answers(url: string, isOver: () => boolean): Promise<void> {
  while (!isOver()) {
    const response = await fetch(url, { signal: AbortSignal.timeout(2_000) }).catch(() => undefined);
    await response?.body?.cancel();
    if (response) return;
    await sleep(100);
  }
}
