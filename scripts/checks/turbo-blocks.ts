/** All that a task printed, which turbo hands over in one block when the task has ended. */
export interface TaskBlock {
  /** For example `@hf-api/hub#test`; tasks of the root begin with `//#`. */
  id: string;
  cached: boolean;
  log: string;
  /** When its first line came, which is when the task had ended; in milliseconds, as `performance.now()` tells them. */
  endedAt: number;
}

/** Parts turbo's output, grouped and with prefixes, into the blocks of its tasks. */
export class TurboBlocks {
  readonly #onBlock: (block: TaskBlock) => void;
  #current: TaskBlock | undefined;

  constructor(onBlock: (block: TaskBlock) => void) {
    this.#onBlock = onBlock;
  }

  line(line: string): void {
    // A package's name has no colon, a task's may: `//:format:check: text`.
    const [, name, task, text] = /^([^\s:]+):(\S+): (.*)$/.exec(line) ?? [];
    if (name === undefined || task === undefined || text === undefined) return;
    const id = `${name}#${task}`;
    if (this.#current?.id !== id) {
      this.end();
      this.#current = { id, cached: text.startsWith("cache hit"), log: "", endedAt: performance.now() };
    }
    if (this.#current !== undefined) this.#current.log += `${text}\n`;
  }

  /** Must follow the last line. */
  end(): void {
    const block = this.#current;
    this.#current = undefined;
    if (block !== undefined) this.#onBlock(block);
  }
}

/** The task that a line of turbo's errors says has failed. */
export const failedTask = (line: string): string | undefined => /^(\S+#\S+):\s+ERROR\b/.exec(line)?.[1];
