import type { sleep } from "../async/abortable.js";
import type { HubError } from "../errors.js";
import type { duration } from "../inputs/numbers.js";
import type { RequestOptions } from "../options.js";
import type { addWords } from "../transport/add-words.js";
import type { Transport } from "../transport/transport.js";

// Nothing is imported but types: bundlers would put what this part shares with the core into a file of its own.

/** What one wait may change. `deadline` is for the whole wait; without it, a wait has no end. */
export interface WaitOptions<State> extends RequestOptions {
  /** Called with the first state, and with each whose stage differs from the one before. What it throws ends the wait. */
  onProgress?: ((state: State) => void) | undefined;
  /** The longest pause between two requests, in milliseconds. It begins with 1 second and grows. Default 15,000. */
  interval?: number | undefined;
}

/** What this part shares with the core. */
export interface Tools {
  sleep: typeof sleep;
  duration: typeof duration;
  addWords: typeof addWords;
  HubError: typeof HubError;
}

/** In milliseconds. */
const firstPause = 1000;
const usualInterval = 15_000;
/** How many requests in a row may fail, each with the retries that it has. */
const mostFailures = 5;

/** A job in one of them stays there. */
const finalOfJobs: readonly string[] = ["COMPLETED", "CANCELED", "ERROR", "DELETED"];
/** A Space in one of them is on its way to another. */
const passingOfSpaces: readonly string[] = ["BUILDING", "RUNNING_BUILDING", "APP_STARTING", "RUNNING_APP_STARTING"];

interface Watched<State> {
  /** For messages. */
  name: string;
  read: (options: RequestOptions) => Promise<State>;
  stageOf: (state: State) => unknown;
  /** Whether the wait ends with this state, which came `times` times in a row. May throw. */
  isOver: (state: State, times: number) => boolean;
}

/** Waits for jobs and Spaces, by requests that come less and less often. */
export class Waits {
  readonly #transport: Transport;
  readonly #tools: Tools;

  constructor(transport: Transport, tools: Tools) {
    this.#transport = transport;
    this.#tools = tools;
  }

  /** Waits until a job has one of the stages, or none of them any more. */
  job<State extends { status: { stage: string } }>(
    name: string,
    read: (options: RequestOptions) => Promise<State>,
    stages: readonly string[],
    options: WaitOptions<State> | undefined,
  ): Promise<State> {
    const ends = [...stages, ...finalOfJobs];
    // The response was decoded, not checked.
    const stageOf = ({ status }: { status?: { stage?: unknown } }): unknown => status?.stage;
    return this.#wait({ name, read, stageOf, isOver: ({ status }) => ends.includes(status.stage) }, options);
  }

  /** Waits until a Space has one of the stages. */
  space<State extends { stage: string; errorMessage?: string | undefined }>(
    name: string,
    read: (options: RequestOptions) => Promise<State>,
    stages: readonly string[],
    options: WaitOptions<State> | undefined,
  ): Promise<State> {
    const isOver = ({ stage, errorMessage }: State, times: number): boolean => {
      if (stages.includes(stage)) return true;
      // Right after a restart, the Hub may still say what was before.
      if (passingOfSpaces.includes(stage) || times < 3) return false;
      const words = errorMessage === undefined ? "" : ` (${this.#transport.redact(errorMessage).slice(0, 300)})`;
      throw new this.#tools.HubError(
        `${name} is in the stage ${stage}${words}, and does not become ${stages.join(" or ")} by itself; its logs may say why`,
      );
    };
    return this.#wait({ name, read, stageOf: ({ stage }) => stage, isOver }, options);
  }

  async #wait<State>(
    { name, read, stageOf, isOver }: Watched<State>,
    { onProgress, interval, ...options }: WaitOptions<State> = {},
  ): Promise<State> {
    const { sleep: rest, duration: checked, addWords: add, HubError: Unclear } = this.#tools;
    const longest = checked("interval", interval, usualInterval);
    let last: { stage: string; times: number } | undefined;
    try {
      return await this.#transport.withDeadline(options, async (all) => {
        const { signal } = all;
        for (let pause = firstPause, failures = 0; ;) {
          try {
            const state = await read({ ...all, deadline: undefined });
            failures = 0;
            const stage = stageOf(state);
            if (typeof stage !== "string") throw new Unclear(`the Hub does not say in which stage ${name} is`);
            const isNew = stage !== last?.stage;
            last = { stage, times: isNew ? 1 : (last?.times ?? 0) + 1 };
            if (isNew) {
              pause = firstPause;
              onProgress?.(state);
            }
            if (isOver(state, last.times)) return state;
          } catch (error) {
            failures += 1;
            if (signal?.aborted || !mayPass(error) || failures === mostFailures) throw error;
          }
          // At random, so that many who wait for the same do not all ask at once.
          await rest(Math.min(pause, longest) * (0.75 + Math.random() / 2), signal);
          pause = Math.min(pause * 1.5, longest);
        }
      });
    } catch (error) {
      const isLate = error instanceof Error && error.name === "HubTimeoutError";
      throw isLate && last !== undefined ? add(error, `; ${name} was in the stage ${last.stage}`) : error;
    }
  }
}

/** Whether the Hub may respond better to the next request. */
function mayPass(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const isHubs = error.name === "HubResponseError" && "status" in error && typeof error.status === "number";
  if (isHubs) return Number(error.status) >= 500 || error.status === 429;
  return error.name === "HubConnectionError" || error.name === "HubTimeoutError";
}
