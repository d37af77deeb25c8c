import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { programPath } from "./programs.js";

/** A program in a process of its own that answers one question at a time. */
export class Child {
  readonly #process: ChildProcess;

  /** The environment is empty: no token and no proxy of the caller takes part. */
  constructor(program: string, args: readonly string[] = [], nodeOptions: readonly string[] = []) {
    this.#process = fork(programPath(program), args, { execArgv: ["--expose-gc", ...nodeOptions], env: {} });
  }

  async ask<T>(question: unknown = null): Promise<T> {
    const asking = new AbortController();
    const answered = once(this.#process, "message", asking);
    const ended = once(this.#process, "exit", asking).then(([code]) => {
      throw new Error(`${this.#process.spawnargs.slice(2).join(" ")} ended with ${String(code)}`);
    });
    this.#process.send(question as object);
    try {
      // Our own programs answer what their questions say.
      return (await Promise.race([answered, ended]))[0] as T;
    } finally {
      // The listener that was not called would stay.
      ended.catch(() => undefined);
      asking.abort();
    }
  }

  async stop(): Promise<void> {
    if (this.#process.exitCode !== null) return;
    this.#process.disconnect();
    await once(this.#process, "exit");
  }
}
