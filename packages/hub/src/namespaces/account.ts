import type { Body, Result } from "@hf-api/raw";
import { listCall } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { Namespace } from "../namespace.js";
import { ownedReposPageSize, type ListOwnedReposInput, type OwnedRepo } from "./owned-repos.js";

/** The tools that the token's owner gives to MCP clients. */
export interface McpTools extends Result<"get", "/api/settings/mcp"> {}
/** What to begin to watch, and what to watch no longer. */
export interface UpdateWatchedInput extends Body<"patch", "/api/settings/watch"> {}

/** Settings of the signed-in user. */
export class Account extends Namespace {
  /**
   * Lists the user's own repositories of every kind, private ones as well; those that take most storage first unless
   * `sort` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/repositories
   * @example
   * for await (const { id, storage } of hub.account.listRepos({ type: "model" })) console.log(id, storage);
   */
  listRepos(input: ListOwnedReposInput = {}, options?: RequestOptions): Pages<OwnedRepo> {
    return linkedPages(this.transport, "/api/settings/repositories", listCall(input, options, ownedReposPageSize));
  }

  /**
   * Returns the tools that the user has switched on for MCP clients: the Hub's own, and Spaces.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/settings/mcp
   * @example
   * const { builtInTools, spaceTools } = await hub.account.getMcpTools();
   */
  async getMcpTools(options?: RequestOptions): Promise<McpTools> {
    return this.transport.json.get("/api/settings/mcp", { ...options });
  }

  /**
   * Begins or ends to watch repositories, users and organisations; the user is notified of new discussions there.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/notifications/PATCH/api/settings/watch
   * @example
   * await hub.account.updateWatched({ add: [{ type: "org", id: "5e67bd5b1009063689407478" }] });
   */
  async updateWatched(input: UpdateWatchedInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.patch("/api/settings/watch", { body: input, ...options });
  }
}
