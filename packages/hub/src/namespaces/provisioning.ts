import type { Body, Result, Schema } from "@hf-api/raw";
import { isoTime, type DateInput } from "../inputs/dates.js";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

type ResourcesRoute = "/api/agentic/provisioning/resources";
type ResourceRoute = `${ResourcesRoute}/{id}`;

/** What can be subscribed to, with prices. */
export interface ProvisioningServices extends Result<"get", "/api/agentic/provisioning/services"> {}
type AccountResult = Result<"post", "/api/agentic/provisioning/account_requests">;
/** The account is there, and these are its credentials. */
export interface AccountCredentials extends Extract<AccountResult, { type: "credentials" }> {}
/** The account's owner must agree first, at the address that `redirect` names. */
export interface AccountConsent extends Extract<AccountResult, { type: "requires_auth" }> {}
/** `type` tells whether there are credentials yet. */
export type AccountResponse = AccountCredentials | AccountConsent;
/** The resource works. */
export interface ProvisioningComplete extends Schema<"ProvisioningComplete"> {}
/** The resource works, and this is how to reach it. */
export interface ProvisioningCreated extends Extract<Result<"post", ResourcesRoute>, { status: "complete" }> {}
/** The request failed; the Hub says so in a status of its own, not in that of HTTP. */
export interface ProvisioningFailure extends Schema<"ProvisioningFailure"> {}
/** The resource is being set up or changed: ask again. */
export interface ProvisioningPending extends Schema<"ProvisioningPending"> {}
/** The resource is gone. */
export interface ProvisioningRemoved extends Schema<"ProvisioningRemoved"> {}
/** `status` tells the cases apart. */
export type CreatedResource = ProvisioningCreated | ProvisioningFailure | ProvisioningPending;
/** `status` tells the cases apart. */
export type ProvisionedResource =
  ProvisioningComplete | ProvisioningFailure | ProvisioningPending | ProvisioningRemoved;
/** `status` tells the cases apart. */
export type UpdatedResource = ProvisioningComplete | ProvisioningFailure | ProvisioningPending;
/** `status` tells the cases apart. */
export type RotatedCredentials = ProvisioningComplete | ProvisioningFailure;
/** `status` tells the cases apart. */
export type RemovedResource = ProvisioningRemoved | ProvisioningFailure;
/** A link that logs its visitor in, until `expires_at`. Treat it like a password. */
export interface DeepLink extends Result<"post", "/api/agentic/provisioning/deep_links"> {}

export interface RequestAccountInput extends Omit<AccountRequest, "expires_at"> {
  /** When the request ends. */
  expires_at: DateInput;
}

type AccountRequest = Body<"post", "/api/agentic/provisioning/account_requests">;

/** A service, and with some of them how to set it up and how to pay. */
export type CreateResourceInput = Body<"post", ResourcesRoute>;
export interface CreateDeepLinkInput extends Body<"post", "/api/agentic/provisioning/deep_links"> {}

export interface ResourceInput {
  resourceId: string;
}

export interface UpdateServiceInput extends ResourceInput, Body<"post", `${ResourceRoute}/update_service`> {}

/** Accounts and paid services that an orchestrator sets up for the users of its agents. */
export class Provisioning extends Namespace {
  /**
   * Resolves while provisioning works.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/GET/api/agentic/provisioning/health
   * @example
   * await hub.provisioning.checkHealth();
   */
  async checkHealth(options?: RequestOptions): Promise<void> {
    return this.transport.empty.get("/api/agentic/provisioning/health", { ...options });
  }

  /**
   * Returns the services that a resource can be.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/GET/api/agentic/provisioning/services
   * @example
   * const { data } = await hub.provisioning.getServices();
   */
  async getServices(options?: RequestOptions): Promise<ProvisioningServices> {
    return this.transport.json.get("/api/agentic/provisioning/services", { ...options });
  }

  /**
   * Asks for an account for an agent's user: a new one, or the one that their address has.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/account_requests
   * @example
   * const answer = await hub.provisioning.requestAccount({
   *   object: "account_request",
   *   id: "request-1",
   *   email: "ada@example.com",
   *   scopes: ["read"],
   *   client_capabilities: ["browser"],
   *   confirmation_secret: crypto.randomUUID(),
   *   expires_at: new Date(Date.now() + 600_000),
   *   orchestrator: { type: "stripe", stripe: { account: "acct_1" } },
   * });
   */
  async requestAccount(
    { expires_at, ...rest }: RequestAccountInput,
    options?: RequestOptions,
  ): Promise<AccountResponse> {
    return this.transport.json.post("/api/agentic/provisioning/account_requests", {
      body: { expires_at: isoTime("expires_at", expires_at), ...rest },
      ...options,
    });
  }

  /**
   * Subscribes the token's account to a service. Some of them cost money from then on.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/resources
   * @example
   * const resource = await hub.provisioning.createResource({ service_id: "free" });
   */
  async createResource(input: CreateResourceInput, options?: RequestOptions): Promise<CreatedResource> {
    return this.transport.json.post("/api/agentic/provisioning/resources", { body: input, ...options });
  }

  /**
   * Returns how far a resource is.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/GET/api/agentic/provisioning/resources/%7Bid%7D
   * @example
   * const { status } = await hub.provisioning.getResource({ resourceId: "resource-1" });
   */
  async getResource({ resourceId }: ResourceInput, options?: RequestOptions): Promise<ProvisionedResource> {
    return this.transport.json.get("/api/agentic/provisioning/resources/{id}", {
      path: { id: resourceId },
      ...options,
    });
  }

  /**
   * Changes a resource's service or configuration, and with it what it costs.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/resources/%7Bid%7D/update_service
   * @example
   * await hub.provisioning.updateService({ resourceId: "resource-1", service_id: "pro" });
   */
  async updateService({ resourceId, ...body }: UpdateServiceInput, options?: RequestOptions): Promise<UpdatedResource> {
    return this.transport.json.post("/api/agentic/provisioning/resources/{id}/update_service", {
      path: { id: resourceId },
      body,
      ...options,
    });
  }

  /**
   * Gives a resource new credentials; those it has stop working.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/resources/%7Bid%7D/rotate_credentials
   * @example
   * const answer = await hub.provisioning.rotateCredentials({ resourceId: "resource-1" });
   */
  async rotateCredentials({ resourceId }: ResourceInput, options?: RequestOptions): Promise<RotatedCredentials> {
    return this.transport.json.post("/api/agentic/provisioning/resources/{id}/rotate_credentials", {
      path: { id: resourceId },
      ...options,
    });
  }

  /**
   * Ends a resource and the service behind it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/resources/%7Bid%7D/remove
   * @example
   * await hub.provisioning.removeResource({ resourceId: "resource-1" });
   */
  async removeResource({ resourceId }: ResourceInput, options?: RequestOptions): Promise<RemovedResource> {
    return this.transport.json.post("/api/agentic/provisioning/resources/{id}/remove", {
      path: { id: resourceId },
      ...options,
    });
  }

  /**
   * Returns a link that opens the Hub for the token's account, logged in, for a short time.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agentic-provisioning/POST/api/agentic/provisioning/deep_links
   * @example
   * const { url } = await hub.provisioning.createDeepLink({ purpose: "dashboard" });
   */
  async createDeepLink(input: CreateDeepLinkInput, options?: RequestOptions): Promise<DeepLink> {
    return this.transport.json.post("/api/agentic/provisioning/deep_links", { body: input, ...options });
  }
}
