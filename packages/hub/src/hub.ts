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
  readonly account: Account;
  readonly agents: Agents;
  readonly billing: Billing;
  readonly buckets: Buckets;
  readonly collections: Collections;
  readonly discussions: Discussions;
  readonly docs: Docs;
  readonly inferenceEndpoints: InferenceEndpoints;
  readonly jobs: Jobs;
  readonly kernels: Kernels;
  readonly notifications: Notifications;
  readonly oauth: OAuth;
  readonly organizations: Organizations;
  readonly papers: Papers;
  readonly posts: Posts;
  readonly provisioning: Provisioning;
  readonly registry: Registry;
  readonly resourceGroups: ResourceGroups;
  readonly scheduledJobs: ScheduledJobs;
  readonly scim: Scim;
  readonly scimProvisioning: ScimProvisioning;
  readonly search: Search;
  readonly serviceAccounts: ServiceAccounts;
  readonly sqlConsole: SqlConsole;
  readonly tokens: Tokens;
  readonly users: Users;
  readonly webhooks: Webhooks;
  readonly #transport: Transport;

  constructor(options: HubOptions = {}) {
    const transport = new Transport(settingsOf(options));
    const identity = new Identity(transport);
    this.#transport = transport;
    this.auth = new Auth(transport);
    this.models = new Models(transport);
    this.datasets = new Datasets(transport);
    this.spaces = new Spaces(transport);
    this.repos = new Repos(transport);
    this.account = new Account(transport);
    this.agents = new Agents(transport);
    this.billing = new Billing(transport);
    this.buckets = new Buckets(transport, identity);
    this.collections = new Collections(transport, identity);
    this.discussions = new Discussions(transport);
    this.docs = new Docs(transport);
    this.inferenceEndpoints = new InferenceEndpoints(transport);
    this.jobs = new Jobs(transport, identity);
    this.kernels = new Kernels(transport);
    this.notifications = new Notifications(transport);
    this.oauth = new OAuth(transport);
    this.organizations = new Organizations(transport);
    this.papers = new Papers(transport);
    this.posts = new Posts(transport);
    this.provisioning = new Provisioning(transport);
    this.registry = new Registry(transport);
    this.resourceGroups = new ResourceGroups(transport);
    this.scheduledJobs = new ScheduledJobs(transport, identity);
    this.scim = new Scim(transport);
    this.scimProvisioning = new ScimProvisioning(transport);
    this.search = new Search(transport);
    this.serviceAccounts = new ServiceAccounts(transport);
    this.sqlConsole = new SqlConsole(transport);
    this.tokens = new Tokens(transport);
    this.users = new Users(transport);
    this.webhooks = new Webhooks(transport);
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
