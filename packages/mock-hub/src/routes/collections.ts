import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { choice, invalid, requiredText, type Fields } from "../http/fields.js";
import { nextLink, pageById } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { contributors } from "../state/accounts.js";
import {
  itemTypes,
  shortSlugOf,
  slugOf,
  themes,
  type Collection,
  type CollectionItem,
  type ItemType,
} from "../state/collection.js";
import { kindOfType } from "../state/repo.js";
import { collectionListItem, collectionView, isVisible } from "./collection-view.js";

const one = "/api/collections/{namespace}/{slug}";

export function addCollectionRoutes(router: Router): void {
  router.add("GET", "/api/collections", list);
  router.add("POST", "/api/collections", create);
  router.add("GET", one, (call) => json(collectionView(find(call), call)));
  router.add("GET", `${one}/history`, history);
  router.add("PATCH", one, update);
  router.add("DELETE", one, remove);
  router.add("POST", `${one}/items`, addItem);
  router.add("POST", `${one}/item`, addItem);
  router.add("POST", `${one}/items/batch`, updateItems);
  router.add("PATCH", `${one}/items/{itemId}`, updateItem);
  router.add("DELETE", `${one}/items/{itemId}`, removeItem);
  router.add("GET", `${one}/resource-group`, getResourceGroup);
  router.add("POST", `${one}/resource-group`, setResourceGroup);
}

const orders: Record<"trending" | "upvotes" | "lastModified", (collection: Collection) => number> = {
  trending: ({ upvotes, items }) => upvotes + items.length,
  upvotes: ({ upvotes }) => upvotes,
  lastModified: ({ lastUpdated }) => lastUpdated,
};

function list(call: Call): Answer {
  const sort = choice(call.query.get("sort") ?? "trending", "sort", ["trending", "upvotes", "lastModified"]);
  const limit = call.integer("limit", 10, { min: 1, max: 10_000 });
  const owners = call.list("owner");
  const items = call.list("item");
  const text = call.query.get("q")?.toLowerCase();
  const found = call.world.collections.filter(
    (collection) =>
      isVisible(collection, call) &&
      (owners.length === 0 || owners.includes(collection.owner)) &&
      (items.length === 0 || collection.items.some(({ type, id }) => items.includes(`${type}s/${id}`))) &&
      (text === undefined || collection.title.toLowerCase().includes(text)),
  );
  const sorted = found.toSorted((a, b) => orders[sort](b) - orders[sort](a));
  const { page, headers } = pageById(sorted, ({ id }) => id, call.url, limit);
  // The Hub spells its defaults out in the address of the next page.
  const last = page.at(-1);
  const link = headers["link"] && last ? nextLink(call.url, { sort, expand: "true", cursor: last.id }) : {};
  return json(
    page.map((collection) => collectionListItem(collection, call)),
    200,
    link,
  );
}

/** Nobody knows what is in it, so there is nothing in it. */
function history(call: Call): Answer {
  find(call);
  return json([]);
}

async function create(call: Call): Promise<Answer> {
  const { world } = call;
  const fields = await call.fields();
  const title = requiredText(fields, "title");
  const owner = requiredText(fields, "namespace");
  call.requireRole(owner, contributors);
  const taken = world.collections.find((other) => other.owner === owner && other.title === title);
  if (taken) throw new Refusal(409, "You already have a collection with this title", { body: { slug: slugOf(taken) } });
  const description = field.optionalText(fields, "description");
  const resourceGroupId = field.optionalText(fields, "resourceGroupId");
  const collection: Collection = {
    id: world.objectId(),
    owner,
    title,
    ...(description !== undefined && { description }),
    theme: "orange",
    private: field.optionalFlag(fields, "private") ?? false,
    position: world.collections.filter((other) => other.owner === owner).length,
    upvotes: 0,
    lastUpdated: world.now(),
    gating: false,
    ...(resourceGroupId !== undefined && { resourceGroupId }),
    items: [],
  };
  if (fields["item"] !== undefined) collection.items.push(newItem(call, collection, field.asFields(fields["item"])));
  world.collections.push(collection);
  return json(collectionView(collection, call));
}

async function update(call: Call): Promise<Answer> {
  const collection = findForChange(call);
  const fields = await call.fields();
  collection.title = field.optionalText(fields, "title") ?? collection.title;
  const description = field.optionalText(fields, "description");
  if (description !== undefined) collection.description = description;
  collection.private = field.optionalFlag(fields, "private") ?? collection.private;
  collection.position = field.optionalNumber(fields, "position") ?? collection.position;
  collection.theme = field.optionalChoice(fields, "theme", themes) ?? collection.theme;
  collection.gating = fields["gating"] ?? collection.gating;
  return json({ success: true, data: collectionView(collection, call) });
}

function remove(call: Call): Answer {
  const collection = findForChange(call);
  call.world.collections.splice(call.world.collections.indexOf(collection), 1);
  return json({ success: true });
}

async function addItem(call: Call): Promise<Answer> {
  const collection = findForChange(call);
  const fields = await call.fields();
  const item = newItem(call, collection, field.asFields(fields["item"]));
  const note = noteOf(fields);
  if (note !== undefined) item.note = note;
  collection.items.push(item);
  return json(collectionView(collection, call));
}

function newItem(call: Call, collection: Collection, fields: Fields): CollectionItem {
  const type = field.requiredChoice(fields, "type", itemTypes);
  const named = requiredText(fields, "id");
  const id = idOf(call, type, named);
  if (id === undefined) throw new Refusal(404, `There is no ${type} "${named}"`);
  if (collection.items.some((item) => item.type === type && item.id === id)) {
    throw new Refusal(409, "This item is in the collection already", { body: { slug: slugOf(collection) } });
  }
  return { _id: call.world.objectId(), type, id };
}

/** Under which id the target of an item is kept; nothing when whoever asks knows of none. */
function idOf(call: Call, type: ItemType, id: string): string | undefined {
  const { buckets, collections, papers, repos } = call.world;
  if (type === "paper") return papers.has(id) ? id : undefined;
  if (type === "collection") {
    const byId = collections.find((candidate) => candidate.id === id && isVisible(candidate, call));
    return (byId ?? bySlug(call, id))?.id;
  }
  const target = type === "bucket" ? buckets.get(id.toLowerCase()) : repos[kindOfType[type]].find(id);
  return target && call.canRead(target) ? target.id : undefined;
}

async function updateItem(call: Call): Promise<Answer> {
  const collection = findForChange(call);
  changeItem(collection, call.param("itemId"), await call.fields());
  return json({ success: true });
}

async function updateItems(call: Call): Promise<Answer> {
  const collection = findForChange(call);
  for (const value of await call.entries()) {
    const change = field.asFields(value);
    changeItem(collection, requiredText(change, "_id"), field.asFields(change["data"]));
  }
  return json({ success: true });
}

function changeItem(collection: Collection, id: string, fields: Fields): void {
  const { items } = collection;
  const item = itemOf(collection, id);
  const note = noteOf(fields);
  if (note !== undefined) item.note = note;
  const position = field.optionalNumber(fields, "position");
  if (position === undefined) return;
  items.splice(items.indexOf(item), 1);
  items.splice(position, 0, item);
}

function removeItem(call: Call): Answer {
  const collection = findForChange(call);
  collection.items.splice(collection.items.indexOf(itemOf(collection, call.param("itemId"))), 1);
  return json({ success: true });
}

function itemOf(collection: Collection, id: string): CollectionItem {
  const item = collection.items.find(({ _id }) => _id === id);
  if (!item) throw new Refusal(404, "Item not found");
  return item;
}

function noteOf(fields: Fields): string | undefined {
  const note = field.optionalText(fields, "note");
  if (note !== undefined && note.length > 500)
    throw invalid("Too big: expected string to have <=500 characters", "note");
  return note;
}

function getResourceGroup(call: Call): Answer {
  const collection = find(call);
  const groups = call.world.accounts.org(collection.owner)?.resourceGroups ?? [];
  const group = groups.find(({ id }) => id === collection.resourceGroupId);
  if (!group) throw new Refusal(404, "This collection is in no resource group");
  return json({ id: group.id, name: group.name, numUsers: group.users.size });
}

async function setResourceGroup(call: Call): Promise<Answer> {
  const collection = findForChange(call);
  const id = field.optionalText(await call.fields(), "resourceGroupId");
  if (id === undefined) delete collection.resourceGroupId;
  else collection.resourceGroupId = id;
  const { title, private: isPrivate } = collection;
  return json({ id: collection.id, slug: slugOf(collection), title, private: isPrivate, addedBy: call.user.name });
}

function find(call: Call): Collection {
  const collection = bySlug(call, `${call.param("namespace")}/${call.param("slug")}`);
  if (!collection) throw new Refusal(404, "Collection not found");
  return collection;
}

/** A slug ends in the id, and the words before it may be outdated; one to share has no id. */
function bySlug(call: Call, slug: string): Collection | undefined {
  const id = /[0-9a-f]{24}$/.exec(slug)?.[0];
  return call.world.collections.find(
    (candidate) =>
      (id === undefined
        ? shortSlugOf(candidate) === slug
        : candidate.id === id && slug.startsWith(`${candidate.owner}/`)) && isVisible(candidate, call),
  );
}

function findForChange(call: Call): Collection {
  const collection = find(call);
  call.requireRole(collection.owner, contributors);
  collection.lastUpdated = call.world.now();
  return collection;
}
