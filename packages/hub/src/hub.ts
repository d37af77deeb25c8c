import { InvalidInputError, type RawClient } from "@hf-api/raw";
import { HubInputError } from "./errors.js";
import { Identity } from "./identity.js";
import { Account } from "./namespaces/account.js";
import { Agents } from "./namespaces/agents.js";
import { Auth } from "./namespaces/auth.js";
import { Billing } from "./namespaces/billing.js";
import { Buckets } from "./namespaces/buckets.js";
import { Collections } from "./namespaces/collections.js";
import { Datasets } from "./namespaces/datasets.js";
import { Discussions } from "./namespaces/discussions.js";
import { Docs } from "./namespaces/docs.js";
import { InferenceEndpoints } from "./namespaces/inference-endpoints.js";
import { Jobs } from "./namespaces/jobs.js";
import { Kernels } from "./namespaces/kernels.js";
import { Models } from "./namespaces/models.js";
import { Notifications } from "./namespaces/notifications.js";
import { OAuth } from "./namespaces/oauth.js";
import { Organizations } from "./namespaces/organizations.js";
import { Papers } from "./namespaces/papers.js";
import { Posts } from "./namespaces/posts.js";
import { Provisioning } from "./namespaces/provisioning.js";
import { Registry } from "./namespaces/registry.js";
import { Repos } from "./namespaces/repos.js";
import { ResourceGroups } from "./namespaces/resource-groups.js";
import { ScheduledJobs } from "./namespaces/scheduled-jobs.js";
import { Scim } from "./namespaces/scim.js";
import { ScimProvisioning } from "./namespaces/scim-provisioning.js";
import { Search } from "./namespaces/search.js";
import { ServiceAccounts } from "./namespaces/service-accounts.js";
import { Spaces } from "./namespaces/spaces.js";
import { SqlConsole } from "./namespaces/sql-console.js";
import { Tokens } from "./namespaces/tokens.js";
import { Users } from "./namespaces/users.js";
import { Webhooks } from "./namespaces/webhooks.js";
import { resolveOptions, type HubOptions, type Settings } from "./options.js";
import type { RateLimitBucket, RateLimitState } from "./rate-limit.js";
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
  readonly #transport: Transport;
  readonly #identity: Identity;
  readonly #namespaces = new Map<NamespaceClass<object>, object>();

  constructor(options: HubOptions = {}) {
    const settings = settingsOf(options);
    this.#transport = new Transport(settings);
    this.#identity = new Identity(this.#transport, settings.token);
  }

  get account(): Account {
    return this.#namespace(Account);
  }

  get agents(): Agents {
    return this.#namespace(Agents);
  }

  get auth(): Auth {
    return this.#namespace(Auth);
  }

  get billing(): Billing {
    return this.#namespace(Billing);
  }

  get buckets(): Buckets {
    return this.#namespace(Buckets);
  }

  get collections(): Collections {
    return this.#namespace(Collections);
  }

  get datasets(): Datasets {
    return this.#namespace(Datasets);
  }

  get discussions(): Discussions {
    return this.#namespace(Discussions);
  }

  get docs(): Docs {
    return this.#namespace(Docs);
  }

  get inferenceEndpoints(): InferenceEndpoints {
    return this.#namespace(InferenceEndpoints);
  }

  get jobs(): Jobs {
    return this.#namespace(Jobs);
  }

  get kernels(): Kernels {
    return this.#namespace(Kernels);
  }

  get models(): Models {
    return this.#namespace(Models);
  }

  get notifications(): Notifications {
    return this.#namespace(Notifications);
  }

  get oauth(): OAuth {
    return this.#namespace(OAuth);
  }

  get organizations(): Organizations {
    return this.#namespace(Organizations);
  }

  get papers(): Papers {
    return this.#namespace(Papers);
  }

  get posts(): Posts {
    return this.#namespace(Posts);
  }

  get provisioning(): Provisioning {
    return this.#namespace(Provisioning);
  }

  get registry(): Registry {
    return this.#namespace(Registry);
  }

  get repos(): Repos {
    return this.#namespace(Repos);
  }

  get resourceGroups(): ResourceGroups {
    return this.#namespace(ResourceGroups);
  }

  get scheduledJobs(): ScheduledJobs {
    return this.#namespace(ScheduledJobs);
  }

  get scim(): Scim {
    return this.#namespace(Scim);
  }

  get scimProvisioning(): ScimProvisioning {
    return this.#namespace(ScimProvisioning);
  }

  get search(): Search {
    return this.#namespace(Search);
  }

  get serviceAccounts(): ServiceAccounts {
    return this.#namespace(ServiceAccounts);
  }

  get spaces(): Spaces {
    return this.#namespace(Spaces);
  }

  get sqlConsole(): SqlConsole {
    return this.#namespace(SqlConsole);
  }

  get tokens(): Tokens {
    return this.#namespace(Tokens);
  }

  get users(): Users {
    return this.#namespace(Users);
  }

  get webhooks(): Webhooks {
    return this.#namespace(Webhooks);
  }

  /** What the Hub's latest answers said of its quotas, by bucket. */
  get rateLimits(): Partial<Record<RateLimitBucket, RateLimitState>> {
    return this.#transport.limiter.states;
  }

  /**
   * The openapi-fetch client below, typed by path. Its own calls are made once, with the token, within the Hub's quotas,
   * and reject for no status; its middlewares see each attempt of every method.
   */
  get raw(): RawClient {
    return this.#transport.raw;
  }

  /** Most programs use few of the namespaces: each is made when it is first asked for. */
  #namespace<T extends object>(Namespace: NamespaceClass<T>): T {
    let namespace = this.#namespaces.get(Namespace) as T | undefined;
    if (namespace === undefined) {
      namespace = new Namespace(this.#transport, this.#identity);
      this.#namespaces.set(Namespace, namespace);
    }
    return namespace;
  }
}

type NamespaceClass<T> = new (transport: Transport, identity: Identity) => T;

function settingsOf(options: HubOptions): Settings {
  try {
    return resolveOptions(options);
  } catch (error) {
    throw error instanceof InvalidInputError ? new HubInputError(error.message) : error;
  }
}
