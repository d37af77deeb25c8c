import type { Query, Result } from "@hf-api/raw";
import type { ListInput } from "../lists/list-input.js";
import type { Item } from "../lists/item.js";

type ReposRoute = "/api/settings/repositories" | "/api/organizations/{name}/settings/repositories";

/** A repository with its storage in bytes, and its share of the owner's storage. */
export interface OwnedRepo extends Item<Result<"get", ReposRoute>> {}
/** `search` and `type` narrow the list. */
export interface ListOwnedReposInput extends Omit<Query<"get", ReposRoute>, keyof ListInput>, ListInput {}

/** The Hub names no bound, and nobody has seen a second page: the first one shall hold all that is wanted. */
export const ownedReposPageSize: number = Infinity;
