import { HubCore } from "./hub-core.js";
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

/**
 * The Hugging Face Hub.
 *
 * @throws {HubInputError} for a token, an endpoint or an option that cannot work.
 * @example
 * const hub = new Hub({ token: process.env.HF_TOKEN });
 * const model = await hub.models.get({ repo: "openai-community/gpt2" });
 */
export class Hub extends HubCore {
  /** Settings of the signed-in user. */
  get account(): Account {
    return this.namespace(Account);
  }

  /** Coding agents that work with the Hub. */
  get agents(): Agents {
    return this.namespace(Agents);
  }

  /** The token and its owner. */
  get auth(): Auth {
    return this.namespace(Auth);
  }

  /** What the signed-in user and their organisations use and pay. */
  get billing(): Billing {
    return this.namespace(Billing);
  }

  /** Buckets: storage for files that change often, without commits and revisions. */
  get buckets(): Buckets {
    return this.namespace(Buckets);
  }

  /** Collections of models, datasets, Spaces, papers and other collections. */
  get collections(): Collections {
    return this.namespace(Collections);
  }

  /** Datasets: find, read and manage them. */
  get datasets(): Datasets {
    return this.namespace(Datasets);
  }

  /** Discussions and pull requests of repositories. */
  get discussions(): Discussions {
    return this.namespace(Discussions);
  }

  /** The documentation that the Hub hosts. */
  get docs(): Docs {
    return this.namespace(Docs);
  }

  /** Rights to Inference Endpoints. The endpoints themselves have an API of their own, outside the Hub. */
  get inferenceEndpoints(): InferenceEndpoints {
    return this.namespace(InferenceEndpoints);
  }

  /** Commands that run on the Hub's machines, billed by the minute to whom they belong. */
  get jobs(): Jobs {
    return this.namespace(Jobs);
  }

  /** Kernels: compiled code for accelerators, kept in repositories. */
  get kernels(): Kernels {
    return this.namespace(Kernels);
  }

  /** Models: find, read and manage them. */
  get models(): Models {
    return this.namespace(Models);
  }

  /** What the signed-in user is told of. */
  get notifications(): Notifications {
    return this.namespace(Notifications);
  }

  /** Logging in with the Hub: OAuth apps and the users behind their tokens. */
  get oauth(): OAuth {
    return this.namespace(OAuth);
  }

  /** Organisations: their profiles, members and settings. */
  get organizations(): Organizations {
    return this.namespace(Organizations);
  }

  /** Papers of arXiv, as the Hub knows them. */
  get papers(): Papers {
    return this.namespace(Papers);
  }

  /** Posts of users, and what is said below posts and blog articles. */
  get posts(): Posts {
    return this.namespace(Posts);
  }

  /** Accounts and paid services that an orchestrator sets up for the users of its agents. */
  get provisioning(): Provisioning {
    return this.namespace(Provisioning);
  }

  /** The container registry, which holds the images of Spaces. */
  get registry(): Registry {
    return this.namespace(Registry);
  }

  /** Creating, moving and deleting repositories of every kind. */
  get repos(): Repos {
    return this.namespace(Repos);
  }

  /** Resource groups, which bound who in an organisation may see and change what. They need a Team plan or higher. */
  get resourceGroups(): ResourceGroups {
    return this.namespace(ResourceGroups);
  }

  /** Jobs that the Hub runs again and again. Each run is a job of its own, with its own id and bill. */
  get scheduledJobs(): ScheduledJobs {
    return this.namespace(ScheduledJobs);
  }

  /** SCIM for organisations whose users are managed: they live and end with the organisation. */
  get scim(): Scim {
    return this.namespace(Scim);
  }

  /** SCIM for organisations whose users keep accounts of their own: they are invited and let go. */
  get scimProvisioning(): ScimProvisioning {
    return this.namespace(ScimProvisioning);
  }

  /** Whatever is on the Hub, of all kinds at once. */
  get search(): Search {
    return this.namespace(Search);
  }

  /** Accounts of an organisation that belong to no person, for machines. */
  get serviceAccounts(): ServiceAccounts {
    return this.namespace(ServiceAccounts);
  }

  /** Spaces: find, read, run and manage them. */
  get spaces(): Spaces {
    return this.namespace(Spaces);
  }

  /** SQL queries on datasets, kept for other pages to embed. */
  get sqlConsole(): SqlConsole {
    return this.namespace(SqlConsole);
  }

  /** Access tokens, whoever they belong to. */
  get tokens(): Tokens {
    return this.namespace(Tokens);
  }

  /** Users: their profiles, likes and followers. */
  get users(): Users {
    return this.namespace(Users);
  }

  /** Webhooks of the signed-in user: they call an address, or run a job, when repositories or discussions change. */
  get webhooks(): Webhooks {
    return this.namespace(Webhooks);
  }
}
