import { InvalidInputError, type RawClient } from "@hf-api/raw";
import { HubInputError } from "./errors.js";
import { Auth } from "./namespaces/auth.js";
import { Datasets } from "./namespaces/datasets.js";
import { Models } from "./namespaces/models.js";
import { Repos } from "./namespaces/repos.js";
import { Spaces } from "./namespaces/spaces.js";
import { resolveOptions, type HubOptions, type Settings } from "./options.js";
import type { RateLimitState } from "./rate-limit.js";
import { Transport } from "./transport.js";

/**
 * The Hugging Face Hub.
 *
 * @throws {HubInputError} for a token, an endpoint or an option that cannot work.
 * @example
 * const hub = new Hub({ token: process.env.HF_TOKEN });
 * const model = await hub.models.get({ repo: "openai-community/gpt2" });
 */
export class Hub {
  readonly auth: Auth;
  readonly models: Models;
  readonly datasets: Datasets;
  readonly spaces: Spaces;
  readonly repos: Repos;
  readonly #transport: Transport;

  constructor(options: HubOptions = {}) {
    const transport = new Transport(settingsOf(options));
    this.#transport = transport;
    this.auth = new Auth(transport);
    this.models = new Models(transport);
    this.datasets = new Datasets(transport);
    this.spaces = new Spaces(transport);
    this.repos = new Repos(transport);
  }

  /** What the Hub's latest answers said of its quotas, by bucket. */
  get rateLimits(): Record<string, RateLimitState> {
    return this.#transport.limiter.states;
  }

  /** The openapi-fetch client that carries all calls: for its middlewares, which see each attempt. */
  get raw(): RawClient {
    return this.#transport.raw;
  }
}

function settingsOf(options: HubOptions): Settings {
  try {
    return resolveOptions(options);
  } catch (error) {
    throw error instanceof InvalidInputError ? new HubInputError(error.message) : error;
  }
}
