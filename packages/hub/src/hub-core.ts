import type { RawClient } from "@hf-api/raw";
import { InvalidInputError } from "@hf-api/raw/wire";
import { HubInputError } from "./errors.js";
import { resolveOptions, type HubOptions, type Settings } from "./options.js";
import type { RateLimitBucket, RateLimitState } from "./transport/rate-limit.js";
import { Transport } from "./transport/transport.js";

/** A class that `hub.<name>` is an instance of, such as `Models`. */
export type NamespaceClass<T extends object = object> = new (transport: Transport) => T;

/** What every Hub has, whichever namespaces it offers. */
export class HubCore {
  readonly #transport: Transport;
  readonly #namespaces = new Map<NamespaceClass, object>();

  constructor(options: HubOptions = {}) {
    this.#transport = new Transport(settingsOf(options));
  }

  /** The URL that all requests go to, without a slash at its end. */
  get endpoint(): string {
    return this.#transport.endpoint;
  }

  /** The latest state of the Hub's rate limits, by bucket. */
  get rateLimits(): Partial<Record<RateLimitBucket, RateLimitState>> {
    return this.#transport.exchange.limiter.states;
  }

  /**
   * The openapi-fetch client below, typed by path. Its own calls are made once, with the token, within the Hub's quotas,
   * and reject for no status; its middlewares see each attempt of every method.
   */
  get raw(): RawClient {
    return this.#transport.raw;
  }

  /** Most programs use few of the namespaces: each is made on its first use. */
  protected namespace<T extends object>(Namespace: NamespaceClass<T>): T {
    let namespace = this.#namespaces.get(Namespace) as T | undefined;
    if (namespace === undefined) {
      namespace = new Namespace(this.#transport);
      this.#namespaces.set(Namespace, namespace);
    }
    return namespace;
  }
}

function settingsOf(options: HubOptions): Settings {
  try {
    return resolveOptions(options);
  } catch (error) {
    throw error instanceof InvalidInputError ? new HubInputError(error.message) : error;
  }
}
