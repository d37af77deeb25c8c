import type { Transport } from "./transport.js";

/** Knows the token's own user, to whom everything belongs that names no owner; asks the Hub once. */
export class Identity {
  readonly #transport: Transport;
  #name: Promise<string> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The given owner, or the token's own user. */
  async nameOr(namespace: string | undefined): Promise<string> {
    if (namespace !== undefined) return namespace;
    this.#name ??= this.#ask();
    return await this.#name;
  }

  async #ask(): Promise<string> {
    try {
      return (await this.#transport.json.get("/api/whoami-v2", {})).name;
    } catch (error) {
      // The next one to ask gets another chance.
      this.#name = undefined;
      throw error;
    }
  }
}
