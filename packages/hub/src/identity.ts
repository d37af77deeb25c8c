import { unlessAborted } from "./async/abortable.js";
import { HubError } from "./errors.js";
import type { RequestOptions } from "./options.js";
import type { Transport } from "./transport/transport.js";

/** Knows the token's own user, to whom everything belongs that names no owner; asks the Hub once for each token. */
export class Identity {
  readonly #transport: Transport;
  /** The latest token alone: who changes it by a function seldom comes back to an earlier one. */
  #known: { token: string | undefined; name: Promise<string>; answered: boolean } | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  /** The given owner, or the token's own user. Many may wait for one answer; each waits as long as it likes. */
  async nameOr(namespace: string | undefined, options: RequestOptions = {}): Promise<string> {
    if (namespace !== undefined) return namespace;
    const { deadline, signal, timeout, retries } = options;
    return await this.#transport.asOneCall({ deadline, signal }, (all) =>
      unlessAborted(this.#name({ timeout, retries, signal: all.signal }), all.signal),
    );
  }

  async #name(options: RequestOptions): Promise<string> {
    const token = await this.#transport.currentToken(options);
    const shared = options.timeout === undefined;
    let known = this.#known?.token === token ? this.#known : undefined;
    // Who limits an attempt asks alone: the attempts of others know nothing of that limit.
    if (known === undefined || !(shared || known.answered)) {
      known = { token, name: this.#ask(shared ? {} : options), answered: false };
      if (shared) this.#known = known;
    }
    try {
      const name = await known.name;
      known.answered = true;
      // The answer may have been asked for with a newer token, and then belongs to that one.
      if ((await this.#transport.currentToken(options)) !== token) this.#forget(known);
      else if (!shared) this.#known = known;
      return name;
    } catch (error) {
      // The next one to ask gets another chance.
      this.#forget(known);
      throw error;
    }
  }

  async #ask(options: RequestOptions): Promise<string> {
    const me: { name: string } | null = await this.#transport.json.get("/api/whoami-v2", { ...options });
    if (typeof me?.name === "string") return me.name;
    throw new HubError("the Hub does not say whose token this is; name the owner as namespace");
  }

  #forget(known: object): void {
    if (this.#known === known) this.#known = undefined;
  }
}
