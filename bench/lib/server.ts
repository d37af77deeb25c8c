import { Child } from "./child.js";
import type { ServerSettings } from "../programs/server.js";

/** Starts a Hub on loopback in a process of its own, so that its work counts for no client. */
export class Server {
  readonly #child: Child;
  readonly endpoint: string;

  private constructor(child: Child, endpoint: string) {
    this.#child = child;
    this.endpoint = endpoint;
  }

  static async start(settings: ServerSettings = {}): Promise<Server> {
    const child = new Child("server", [JSON.stringify(settings)]);
    return new Server(child, await child.ask<string>());
  }

  /** How many requests it has refused for their number. */
  refusals(): Promise<number> {
    return this.#child.ask<number>("refusals");
  }

  stop(): Promise<void> {
    return this.#child.stop();
  }
}
