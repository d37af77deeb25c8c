import type { Query, Result } from "@hf-api/raw";
import type { DownloadOptions } from "../files/download/download.js";
import { download } from "../files/on-demand.js";
import type { HubFile } from "../files/download/hub-file.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import { followersPageSize, minPeople, type UserSummary } from "./people.js";

export interface UserInput {
  username: string;
}

/** A user's public profile, with counts of what they own. */
export interface UserOverview extends Result<"get", "/api/users/{username}/overview"> {}
/** The names that a user has in other networks. */
export interface UserSocials extends Result<"get", "/api/users/{username}/socials"> {}
/** The address of a picture. */
export interface Avatar extends Result<"get", "/api/users/{username}/avatar"> {}
/** A public repository that a user likes. */
export interface UserLike extends Item<Result<"get", "/api/users/{username}/likes">> {}

export interface GetUserAvatarInput extends UserInput, Omit<Query<"get", "/api/users/{username}/avatar">, "redirect"> {}

export interface ListLikesInput
  extends UserInput, Omit<Query<"get", "/api/users/{username}/likes">, keyof ListInput | "cursor">, ListInput {}

export interface ListUserFollowersInput
  extends UserInput, Omit<Query<"get", "/api/users/{username}/followers">, keyof ListInput | "cursor">, ListInput {}

export interface ListFollowingInput extends UserInput {
  /** The list ends after so many users. Default: all of them. */
  limit?: number | undefined;
}

export interface DownloadAvatarInput {
  /** A user or an organisation. */
  namespace: string;
}

/** Users: their profiles, likes and followers. */
export class Users extends Namespace {
  /**
   * Returns a user's public profile with counts of what they own.
   *
   * @throws {HubResponseError} with code `NotFound` for nobody, and for an organisation.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/users/%7Busername%7D/overview
   * @example
   * const { fullname, numModels } = await hub.users.getOverview({ username: "julien-c" });
   */
  async getOverview({ username }: UserInput, options?: RequestOptions): Promise<UserOverview> {
    return this.transport.json.get("/api/users/{username}/overview", { path: { username }, ...options });
  }

  /**
   * Returns the names that a user has in other networks.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/users/%7Busername%7D/socials
   * @example
   * const { socialHandles } = await hub.users.getSocials({ username: "julien-c" });
   */
  async getSocials({ username }: UserInput, options?: RequestOptions): Promise<UserSocials> {
    return this.transport.json.get("/api/users/{username}/socials", { path: { username }, ...options });
  }

  /**
   * Returns the address of a user's picture.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/users/%7Busername%7D/avatar
   * @example
   * const { avatarUrl } = await hub.users.getAvatar({ username: "julien-c" });
   */
  async getAvatar({ username, ...query }: GetUserAvatarInput, options?: RequestOptions): Promise<Avatar> {
    return this.transport.json.get("/api/users/{username}/avatar", { path: { username }, query, ...options });
  }

  /**
   * Downloads the picture of a user or an organisation.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/avatars/%7Bnamespace%7D
   * @example
   * const picture = await hub.users.downloadAvatar({ namespace: "google" });
   * const bytes = await picture.bytes();
   */
  async downloadAvatar({ namespace }: DownloadAvatarInput, options?: DownloadOptions): Promise<HubFile> {
    const open = (request: RequestOptions | undefined) =>
      this.transport.open("/api/avatars/{namespace}", { path: { namespace }, ...request });
    return download(open, options);
  }

  /**
   * Lists the public repositories that a user likes, the latest like first. Pages may have fewer likes than requested.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/users/GET/api/users/%7Busername%7D/likes
   * @example
   * for await (const { repo } of hub.users.listLikes({ username: "julien-c" })) console.log(repo.type, repo.name);
   */
  listLikes({ username, ...input }: ListLikesInput, options?: RequestOptions): Pages<UserLike> {
    return linkedPages(this.transport, "/api/users/{username}/likes", {
      path: { username },
      ...listCall(input, options, 1000),
    });
  }

  /**
   * Lists who follows a user. A page has at least 10 users.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const followers = await hub.users.listFollowers({ username: "julien-c", limit: 20 }).toArray();
   */
  listFollowers({ username, ...input }: ListUserFollowersInput, options?: RequestOptions): Pages<UserSummary> {
    return linkedPages(this.transport, "/api/users/{username}/followers", {
      path: { username },
      ...listCall(input, options, followersPageSize, minPeople),
    });
  }

  /**
   * Lists whom a user follows. The Hub has been seen to respond with all of them at once.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const following = await hub.users.listFollowing({ username: "julien-c" }).toArray();
   */
  listFollowing({ username, limit }: ListFollowingInput, options?: RequestOptions): Pages<UserSummary> {
    return linkedPages(this.transport, "/api/users/{username}/following", { path: { username }, limit, ...options });
  }
}
