import { connect } from "node:net";
import { setImmediate, setTimeout as realTime } from "node:timers/promises";
import { expect, onTestFinished, vi } from "vitest";
import type { RequestEvent } from "../../src/options.js";
import { listen } from "./listen.js";

/** Waits until so many requests, calls or events have been recorded, in real time. */
export async function arrived(recorded: readonly unknown[], count: number = 1): Promise<void> {
  for (let tries = 0; recorded.length < count; tries += 1) {
    if (tries === 5000) throw new Error(`${recorded.length} of ${count} arrived within 5 seconds`);
    await realTime(1);
  }
}

/** An observer that keeps the events of one type. */
export function recordEvents(type: RequestEvent["type"]): {
  events: RequestEvent[];
  observe: (event: RequestEvent) => void;
} {
  const events: RequestEvent[] = [];
  return { events, observe: (event) => void (event.type === type && events.push(event)) };
}

/** What the promise gives, or a failure once so many milliseconds have passed. */
export async function within<T>(milliseconds: number, promise: PromiseLike<T>): Promise<T> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error(`nothing within ${milliseconds} ms`)), milliseconds);
  });
  return await Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

/** Fails unless the request came, and its connection closes soon. */
export async function closes(request: { closed: Promise<void> } | undefined): Promise<void> {
  expect(request, "the request that did not come").toBeDefined();
  await within(1000, request?.closed ?? Promise.resolve());
}

/**
 * A few turns of the event loop. By then, whatever waits for neither a timer nor a file is over: bytes that were
 * written on loopback are read, and vitest reports rejections that nobody handles, which fail the test.
 */
export async function settled(): Promise<void> {
  for (let turn = 0; turn < 5; turn += 1) await setImmediate();
}

/**
 * Two connections to the server and back, one after the other. A request that was sent before has arrived by then, so
 * that a test can tell that there was none.
 */
export async function noneUnderWay(url: string): Promise<void> {
  for (let trip = 0; trip < 2; trip += 1) {
    const { hostname, port } = new URL(url);
    await new Promise((resolve, reject) => {
      const socket = connect(Number(port), hostname, () => void socket.end());
      socket.on("close", resolve).on("error", reject).resume();
    });
  }
}

/**
 * Holds the timers of the client and the clock that it measures with until the end of the test: time passes for them
 * with `vi.advanceTimersByTimeAsync` alone. The wire goes on.
 */
export async function holdTimers(): Promise<void> {
  // The fetch of Node keeps the first timer that it starts for good, which has to be a real one.
  const url = await listen((_, response) => void response.end());
  await (await fetch(url)).text();
  vi.useFakeTimers({ toFake: ["setTimeout", "clearTimeout", "performance"] });
  onTestFinished(() => void vi.useRealTimers());
}

/** Real time, for what no event tells of: that a timer of the client does nothing, or that a reader is slow. */
export const quietFor = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds));
