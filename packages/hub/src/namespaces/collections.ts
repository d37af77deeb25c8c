import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { HubInputError } from "../errors.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { ownerOr } from "../identity.js";
import { splitSlug } from "../inputs/slug.js";
import type { ResourceGroupSummary } from "../repos/grouped-namespace.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import { existing } from "../repos/on-demand.js";

type OneRoute = "/api/collections/{namespace}/{slug}";

export interface CollectionInput {
  /** `owner/slug-id`, as a collection's own `slug` says it. */
  collection: string;
}

export interface CollectionItemInput extends CollectionInput {
  /** The item's `_id` in the collection, which is not the repository's or paper's own. */
  itemId: string;
}

/** A collection with all its items, as cards of what they stand for. */
export interface Collection extends Schema<"Collection"> {}
/** A collection with at most four of its items. */
export interface CollectionListItem extends Extract<Result<"get", "/api/collections">[number], { slug: string }> {}
/** What is left of a collection without `expand`. */
export interface CollectionName extends Exclude<Result<"get", "/api/collections">[number], { slug: string }> {}
/** The collection as its resource group lists it. */
export interface ResourceGroupCollection extends Result<"post", `${OneRoute}/resource-group`> {}

/** Whose collections, or those that hold something; `q` searches them. */
export interface ListCollectionsInput
  extends Omit<Query<"get", "/api/collections">, keyof ListInput | "cursor" | "owner" | "item">, ListInput {
  /** Users or organisations; their collections only. */
  owner?: string | readonly string[] | undefined;
  /** `models/owner/name`, `datasets/…`, `spaces/…` or `papers/…`; collections that hold one of them only. */
  item?: string | readonly string[] | undefined;
}

/** A title, and whatever else the new collection begins with; `item` is its first. */
export interface CreateCollectionInput extends Omit<Body<"post", "/api/collections">, "namespace"> {
  /** The owner. Default: the signed-in user. */
  namespace?: string | undefined;
  /** Whether a collection of the same title is as good; it stays as it is. */
  existOk?: boolean | undefined;
}

export interface DeleteCollectionInput extends CollectionInput {
  /** Whether it is as good when there is none. */
  missingOk?: boolean | undefined;
}

/** What is left out keeps its value. */
export interface UpdateCollectionInput extends CollectionInput, Body<"patch", OneRoute> {}
/** The repository, paper or collection to add, and a note of at most 500 characters. */
export interface AddCollectionItemInput extends CollectionInput, Body<"post", `${OneRoute}/items`> {}
/** What is left out keeps its value; `position` counts from 0. */
export interface UpdateCollectionItemInput
  extends CollectionItemInput, Body<"patch", "/api/collections/{namespace}/{slug}-{id}/items/{itemId}"> {}

/** Several items of a collection, each with its changes. */
export interface UpdateCollectionItemsInput extends CollectionInput {
  items: readonly CollectionItemUpdate[];
}

/** One item, and what changes of it; what is left out keeps its value. */
export interface CollectionItemUpdate extends CollectionItemChange {
  itemId: string;
}

/** A note of at most 500 characters, a position from 0, or addresses of pictures. */
export interface CollectionItemChange extends Item<Item<Body<"post", `${OneRoute}/items/batch`>>["data"][]> {}

export interface SetCollectionResourceGroupInput extends CollectionInput, Body<"post", `${OneRoute}/resource-group`> {
  /** `null` takes the collection out of its group. */
  resourceGroupId: string | null;
}

/** Collections of models, datasets, Spaces, papers and other collections. */
export class Collections extends Namespace {
  /**
   * Lists collections with at most four items each, the trending ones first unless `sort` says otherwise. Without
   * `expand` only their names are told.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/GET/api/collections
   * @example
   * const collections = await hub.collections.list({ owner: "google", sort: "upvotes", limit: 5 }).toArray();
   */
  list(
    input?: ListCollectionsInput & { expand?: true | undefined },
    options?: RequestOptions,
  ): Pages<CollectionListItem>;
  list(input: ListCollectionsInput, options?: RequestOptions): Pages<CollectionListItem | CollectionName>;
  list(input: ListCollectionsInput = {}, options?: RequestOptions): Pages<CollectionListItem | CollectionName> {
    return linkedPages(this.transport, "/api/collections", listCall(input, options, 10_000));
  }

  /**
   * Returns a collection with all its items.
   *
   * @throws {HubResponseError} with code `NotFound`, or `NotFoundOrPrivate` without a token.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/GET/api/collections/%7Bnamespace%7D/%7Bslug%7D
   * @example
   * const { items } = await hub.collections.get({ collection: "google/gemma-3-release-67c6c6f89c4f76621268bb6d" });
   */
  async get({ collection }: CollectionInput, options?: RequestOptions): Promise<Collection> {
    return this.transport.json.get("/api/collections/{namespace}/{slug}", { path: placeOf(collection), ...options });
  }

  /**
   * Returns what happened to a collection. Its form is not known: check what you read of it.
   *
   * @throws {HubResponseError} with code `NotFound`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const history = await hub.collections.getHistory({ collection: "me/small-models-64f9a55bb3115b4f513ec026" });
   */
  async getHistory({ collection }: CollectionInput, options?: RequestOptions): Promise<unknown> {
    return this.transport.json.get("/api/collections/{namespace}/{slug}/history", {
      path: placeOf(collection),
      ...options,
    });
  }

  /**
   * Tells whether there is a collection. A private one does not exist for who may not read it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/GET/api/collections/%7Bnamespace%7D/%7Bslug%7D
   * @example
   * const isThere = await hub.collections.exists({ collection: "google/gemma-3-release-67c6c6f89c4f76621268bb6d" });
   */
  async exists(input: CollectionInput, options?: RequestOptions): Promise<boolean> {
    return (await existing()).isThere(() => this.get(input, options));
  }

  /**
   * Creates a collection, public unless `private` or the owner's settings say otherwise, with a first item if one is
   * given. The title has at most 60 characters, the description 150.
   *
   * @throws {HubResponseError} with code `Conflict` when the owner has one of this title, unless `existOk` is set;
   * `body.slug` names it.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/POST/api/collections
   * @example
   * const { slug } = await hub.collections.create({ title: "Small models", private: true });
   */
  async create({ namespace, existOk, ...body }: CreateCollectionInput, options?: RequestOptions): Promise<Collection> {
    const owner = await ownerOr(this.transport, namespace, options);
    const create = (): Promise<Collection> =>
      this.transport.json.post("/api/collections", { body: { ...body, namespace: owner }, ...options });
    if (existOk !== true) return create();
    return (await existing()).createOrFind(
      create,
      async (refusal) => this.get({ collection: slugIn(refusal.body) }, options),
      options,
    );
  }

  /**
   * Changes a collection's title, description, theme, privacy, gating or its position in the owner's profile; what is
   * left out stays. A new title changes the words of the slug, not its id.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/PATCH/api/collections/%7Bnamespace%7D/%7Bslug%7D
   * @example
   * await hub.collections.update({ collection: "me/small-models-64f9a55bb3115b4f513ec026", theme: "green" });
   */
  async update({ collection, ...body }: UpdateCollectionInput, options?: RequestOptions): Promise<Collection> {
    const { data } = await this.transport.json.patch("/api/collections/{namespace}/{slug}", {
      path: placeOf(collection),
      body,
      ...options,
    });
    return data;
  }

  /**
   * Deletes a collection for good; what was in it stays.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/DELETE/api/collections/%7Bnamespace%7D/%7Bslug%7D
   * @example
   * await hub.collections.delete({ collection: "me/small-models-64f9a55bb3115b4f513ec026" });
   */
  async delete({ collection, missingOk }: DeleteCollectionInput, options?: RequestOptions): Promise<void> {
    const path = placeOf(collection);
    const remove = (): Promise<void> =>
      this.transport.empty.delete("/api/collections/{namespace}/{slug}", { path, ...options });
    return missingOk === true ? (await existing()).unlessMissing("NotFound", remove) : remove();
  }

  /**
   * Adds an item, with a note of at most 500 characters if there is one.
   *
   * @throws {HubResponseError} with code `Conflict` when it is in the collection already.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/POST/api/collections/%7Bnamespace%7D/%7Bslug%7D/items
   * @example
   * await hub.collections.addItem({
   *   collection: "me/small-models-64f9a55bb3115b4f513ec026",
   *   item: { type: "model", id: "openai-community/gpt2" },
   * });
   */
  async addItem({ collection, ...body }: AddCollectionItemInput, options?: RequestOptions): Promise<Collection> {
    return this.transport.json.post("/api/collections/{namespace}/{slug}/items", {
      path: placeOf(collection),
      body,
      ...options,
    });
  }

  /**
   * Changes an item's note or position.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.collections.updateItem({
   *   collection: "me/small-models-64f9a55bb3115b4f513ec026",
   *   itemId: "6501e6e4b3f0d3bbea1ae1f4",
   *   position: 0,
   * });
   */
  async updateItem(
    { collection, itemId, ...body }: UpdateCollectionItemInput,
    options?: RequestOptions,
  ): Promise<void> {
    return this.transport.empty.patch("/api/collections/{namespace}/{slug}-{id}/items/{itemId}", {
      path: { ...idPlaceOf(collection), itemId },
      body,
      ...options,
    });
  }

  /**
   * Changes notes, positions and pictures of several items at once.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/POST/api/collections/%7Bnamespace%7D/%7Bslug%7D/items/batch
   * @example
   * await hub.collections.updateItems({
   *   collection: "me/small-models-64f9a55bb3115b4f513ec026",
   *   items: [{ itemId: "6501e6e4b3f0d3bbea1ae1f4", note: "The smallest." }],
   * });
   */
  async updateItems({ collection, items }: UpdateCollectionItemsInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/collections/{namespace}/{slug}/items/batch", {
      path: placeOf(collection),
      body: items.map(({ itemId, ...data }) => ({ action: "update" as const, _id: itemId, data })),
      ...options,
    });
  }

  /**
   * Takes an item out of a collection.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/DELETE/api/collections/%7Bnamespace%7D/%7Bslug%7D-%7Bid%7D/items/%7BitemId%7D
   * @example
   * await hub.collections.removeItem({
   *   collection: "me/small-models-64f9a55bb3115b4f513ec026",
   *   itemId: "6501e6e4b3f0d3bbea1ae1f4",
   * });
   */
  async removeItem({ collection, itemId }: CollectionItemInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/collections/{namespace}/{slug}/items/{itemId}", {
      path: { ...placeOf(collection), itemId },
      ...options,
    });
  }

  /**
   * Returns the resource group of an organisation's collection.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/GET/api/collections/%7Bnamespace%7D/%7Bslug%7D/resource-group
   * @example
   * const group = await hub.collections.getResourceGroup({ collection: "my-org/ours-64f9a55bb3115b4f513ec027" });
   */
  async getResourceGroup({ collection }: CollectionInput, options?: RequestOptions): Promise<ResourceGroupSummary> {
    return this.transport.json.get("/api/collections/{namespace}/{slug}/resource-group", {
      path: placeOf(collection),
      ...options,
    });
  }

  /**
   * Moves an organisation's collection into a resource group, or out of the one it is in.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/collections/POST/api/collections/%7Bnamespace%7D/%7Bslug%7D/resource-group
   * @example
   * await hub.collections.setResourceGroup({ collection: "my-org/ours-64f9a55bb3115b4f513ec027", resourceGroupId: null });
   */
  async setResourceGroup(
    { collection, ...body }: SetCollectionResourceGroupInput,
    options?: RequestOptions,
  ): Promise<ResourceGroupCollection> {
    return this.transport.json.post("/api/collections/{namespace}/{slug}/resource-group", {
      path: placeOf(collection),
      body,
      ...options,
    });
  }
}

/** The collection that is in the way of a new one. */
const slugIn = (body: unknown): string =>
  typeof body === "object" && body !== null && "slug" in body ? String(body.slug) : "";

function placeOf(collection: string): { namespace: string; slug: string } {
  const { owner, slug } = splitSlug("collection", collection);
  return { namespace: owner, slug };
}

/** One route names the id apart from the words before it. */
function idPlaceOf(collection: string): { namespace: string; slug: string; id: string } {
  const { namespace, slug } = placeOf(collection);
  const at = slug.lastIndexOf("-");
  if (at < 1) throw new HubInputError('collection does not end in its id; expected "owner/slug-id"');
  return { namespace, slug: slug.slice(0, at), id: slug.slice(at + 1) };
}
