import type { Body, Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

export interface WebhookInput {
  webhookId: string;
}

/** `disabled` is `suspended-after-failure` where the Hub itself gave up. */
export interface Webhook extends Schema<"Webhook"> {}
/** The HTTP status that the receiver responded with. */
export interface WebhookReplay extends Result<"post", "/api/settings/webhooks/{webhookId}/replay/{logId}"> {}

/**
 * What to watch, and whom to tell: an address, to which `secret` is sent along, or a job, which `job` describes or
 * `jobSourceId` names.
 */
export interface CreateWebhookInput extends Body<"post", "/api/settings/webhooks"> {}
/** The webhook as it shall be. */
export interface UpdateWebhookInput extends WebhookInput, Body<"post", "/api/settings/webhooks/{webhookId}"> {}

export interface ReplayWebhookInput extends WebhookInput {
  /** A delivery in the webhook's log. */
  logId: string;
}

/** Webhooks of the signed-in user: they call an address, or run a job, when repositories or discussions change. */
export class Webhooks extends Namespace {
  /**
   * Returns all webhooks.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/GET/api/settings/webhooks
   * @example
   * const webhooks = await hub.webhooks.list();
   */
  async list(options?: RequestOptions): Promise<Webhook[]> {
    return this.transport.json.get("/api/settings/webhooks", { ...options });
  }

  /**
   * Returns one webhook; its secret stays secret.
   *
   * @throws {HubResponseError} with code `NotFound` when there is none of this id.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/GET/api/settings/webhooks/%7BwebhookId%7D
   * @example
   * const { url, disabled } = await hub.webhooks.get({ webhookId: "654bbbc16f2ec14d77f109cc" });
   */
  async get({ webhookId }: WebhookInput, options?: RequestOptions): Promise<Webhook> {
    const path = { webhookId };
    return (await this.transport.json.get("/api/settings/webhooks/{webhookId}", { path, ...options })).webhook;
  }

  /**
   * Creates a webhook, which works at once.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/POST/api/settings/webhooks
   * @example
   * const { id } = await hub.webhooks.create({
   *   watched: [{ type: "org", name: "my-org" }],
   *   domains: ["repo", "discussion"],
   *   url: "https://example.com/hook",
   * });
   */
  async create(input: CreateWebhookInput, options?: RequestOptions): Promise<Webhook> {
    return (await this.transport.json.post("/api/settings/webhooks", { body: input, ...options })).webhook;
  }

  /**
   * Replaces what a webhook watches and whom it tells.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/POST/api/settings/webhooks/%7BwebhookId%7D
   * @example
   * await hub.webhooks.update({
   *   webhookId: "654bbbc16f2ec14d77f109cc",
   *   watched: [{ type: "model", name: "me/my-model" }],
   *   domains: ["repo"],
   *   url: "https://example.com/hook",
   * });
   */
  async update({ webhookId, ...body }: UpdateWebhookInput, options?: RequestOptions): Promise<Webhook> {
    const path = { webhookId };
    return (await this.transport.json.post("/api/settings/webhooks/{webhookId}", { path, body, ...options })).webhook;
  }

  /**
   * Deletes a webhook for good.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/DELETE/api/settings/webhooks/%7BwebhookId%7D
   * @example
   * await hub.webhooks.delete({ webhookId: "654bbbc16f2ec14d77f109cc" });
   */
  async delete({ webhookId }: WebhookInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/settings/webhooks/{webhookId}", { path: { webhookId }, ...options });
  }

  /**
   * Lets a webhook work again that was disabled, or that the Hub suspended.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/POST/api/settings/webhooks/%7BwebhookId%7D/%7Baction%7D
   * @example
   * await hub.webhooks.enable({ webhookId: "654bbbc16f2ec14d77f109cc" });
   */
  async enable(input: WebhookInput, options?: RequestOptions): Promise<Webhook> {
    return this.#setStatus(input, "enable", options);
  }

  /**
   * Stops a webhook without deleting it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/POST/api/settings/webhooks/%7BwebhookId%7D/%7Baction%7D
   * @example
   * await hub.webhooks.disable({ webhookId: "654bbbc16f2ec14d77f109cc" });
   */
  async disable(input: WebhookInput, options?: RequestOptions): Promise<Webhook> {
    return this.#setStatus(input, "disable", options);
  }

  /**
   * Sends once more what a webhook sent before; the receiver gets it as new.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/webhooks/POST/api/settings/webhooks/%7BwebhookId%7D/replay/%7BlogId%7D
   * @example
   * const { status } = await hub.webhooks.replay({
   *   webhookId: "654bbbc16f2ec14d77f109cc",
   *   logId: "65a1b2c3d4e5f60718293a4b",
   * });
   */
  async replay({ webhookId, logId }: ReplayWebhookInput, options?: RequestOptions): Promise<WebhookReplay> {
    return this.transport.json.post("/api/settings/webhooks/{webhookId}/replay/{logId}", {
      path: { webhookId, logId },
      ...options,
    });
  }

  async #setStatus(
    { webhookId }: WebhookInput,
    action: "enable" | "disable",
    options: RequestOptions | undefined,
  ): Promise<Webhook> {
    const path = { webhookId, action };
    return (await this.transport.json.post("/api/settings/webhooks/{webhookId}/{action}", { path, ...options }))
      .webhook;
  }
}
