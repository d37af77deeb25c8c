import type { RequestOptions } from "./options.js";
import type { Transport } from "./transport.js";

/** Knows the token's own user, who owns what is created without naming an owner; asks the Hub once. */
export class Identity {
  readonly #transport: Transport;
  #name: Promise<string> | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The given owner, or the token's own user. */
  async nameOr(namespace: string | undefined, options: RequestOptions | undefined): Promise<string> {
    if (namespace !== undefined) return namespace;
    this.#name ??= this.#ask(options);
    return await this.#name;
  }

  async #ask(options: RequestOptions | undefined): Promise<string> {
    try {
      const { headers, ...rest } = options ?? {};
      return (await this.#transport.json.get("/api/whoami-v2", { ...rest })).name;
    } catch (error) {
      // The next one to ask gets another chance.
      this.#name = undefined;
      throw error;
    }
  }
}
