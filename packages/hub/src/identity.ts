import { unlessAborted } from "./async/abortable.js";
import { HubError } from "./errors.js";
import type { CallOptions } from "./transport/calls.js";
import type { Transport } from "./transport/transport.js";

const mostRounds = 5;

/** What the Hub says of one token. */
interface Known {
  token: string | undefined;
  /** Whether it was asked for the sake of a list or a transfer, and may wait longer. */
  bulk: boolean;
  name: Promise<string>;
  responded: boolean;
}

/** A client's Identity: its methods share it, and an app that needs none leaves it out. */
const identities = new WeakMap<Transport, Identity>();

/** The given owner, or the signed-in user. Many may wait for one response; each waits as long as it likes. */
export async function ownerOr(
  transport: Transport,
  namespace: string | undefined,
  options?: CallOptions,
): Promise<string> {
  if (namespace !== undefined) return namespace;
  let identity = identities.get(transport);
  if (identity === undefined) identities.set(transport, (identity = new Identity(transport)));
  return await identity.name(options);
}

/** Knows the signed-in user, who owns everything that names no owner; asks the Hub once for each token. */
class Identity {
  readonly #transport: Transport;
  /** The latest token alone: who changes it by a function seldom comes back to an earlier one. */
  #known: Known | undefined;

  constructor(transport: Transport) {
    this.#transport = transport;
  }

  async name(options: CallOptions = {}): Promise<string> {
    const { deadline, signal, timeout, retries, maxWait, bulk } = options;
    const { endpoint, exchange } = this.#transport;
    return await this.#transport.withDeadline(
      { deadline, signal },
      (all) => unlessAborted(this.#name({ timeout, retries, maxWait, bulk, signal: all.signal }), all.signal),
      exchange.ask("GET", `${endpoint}/api/whoami-v2`),
    );
  }

  async #name(options: CallOptions): Promise<string> {
    let token = await this.#transport.currentToken(options);
    for (let round = 0, before: string | undefined; round < mostRounds; round += 1) {
      const known = this.#ofToken(token, options);
      try {
        const name = await known.name;
        known.responded = true;
        const current = await this.#transport.currentToken(options);
        if (current === token) {
          this.#known = known;
          return name;
        }
        // The response may belong to either token, and each of them to another user.
        this.#forget(known);
        if (name === before) return name;
        before = name;
        token = current;
      } catch (error) {
        // The next one to ask gets another chance.
        this.#forget(known);
        throw error;
      }
    }
    throw new HubError("the token keeps changing its user; name the owner as namespace");
  }

  #ofToken(token: string | undefined, options: CallOptions): Known {
    const { timeout, maxWait, bulk = false } = options;
    const shared = timeout === undefined && maxWait === undefined;
    const known = this.#known?.token === token ? this.#known : undefined;
    // Who limits an attempt asks alone: the attempts of others know nothing of that limit.
    if (known !== undefined && (known.responded || (shared && known.bulk === bulk))) return known;
    const own: Known = { token, bulk, name: this.#ask(shared ? { bulk } : options), responded: false };
    if (shared) this.#known = own;
    return own;
  }

  async #ask(options: CallOptions): Promise<string> {
    const me: { name: string } = await this.#transport.json.get("/api/whoami-v2", { ...options });
    if (typeof me.name === "string") return me.name;
    throw new HubError("the Hub does not say whose token this is; name the owner as namespace");
  }

  #forget(known: object): void {
    if (this.#known === known) this.#known = undefined;
  }
}
