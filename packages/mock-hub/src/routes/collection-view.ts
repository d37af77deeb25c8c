import type { Call } from "../http/call.js";
import { kindOfType, type Repo } from "../state/repo.js";
import { slugOf, type Collection, type CollectionItem } from "../state/collection.js";
import { isoDate } from "../state/world.js";
import { accountCard } from "./account-view.js";
import { spaceRuntime } from "./space-runtime.js";

/** A list shows four items of each collection. */
const shownInList = 4;

export function collectionListItem(collection: Collection, call: Call): Record<string, unknown> {
  const { title, description, theme, upvotes, lastUpdated, gating, owner } = collection;
  return {
    slug: slugOf(collection),
    title,
    ...(description !== undefined && { description }),
    lastUpdated: isoDate(lastUpdated),
    gating,
    owner: accountCard(owner, call.world),
    theme,
    private: collection.private,
    upvotes,
    isUpvotedByUser: false,
    items: itemsView(collection, call).slice(0, shownInList),
  };
}

export function collectionView(collection: Collection, call: Call): Record<string, unknown> {
  return {
    ...collectionListItem(collection, call),
    position: collection.position,
    shareUrl: shareUrlOf(collection, call),
    items: itemsView(collection, call),
  };
}

function shareUrlOf(collection: Collection, call: Call): string {
  return `${call.url.origin}/collections/${slugOf(collection)}`;
}

function itemsView({ items }: Collection, call: Call): unknown[] {
  return items.flatMap((item, index) => {
    const target = targetView(item, call);
    return target ? [{ ...target, _id: item._id, position: index, type: item.type, ...noteOf(item) }] : [];
  });
}

function noteOf({ note }: CollectionItem): { note?: { html: string; text: string } } {
  return note === undefined ? {} : { note: { html: note, text: note } };
}

/** What an item shows of its target; nothing when the target is gone or hidden from whoever asks. */
function targetView({ type, id }: CollectionItem, call: Call): Record<string, unknown> | undefined {
  const { world } = call;
  if (type === "paper") {
    const paper = world.papers.get(id);
    return paper && { id, title: paper.title, upvotes: paper.upvotes, publishedAt: isoDate(paper.publishedAt) };
  }
  if (type === "collection") {
    const target = world.collections.find((collection) => slugOf(collection) === id);
    return target && nestedCollection(target, call);
  }
  const repo = world.repos[kindOfType[type]].find(id);
  return repo && call.canRead(repo) ? repoCard(repo, call) : undefined;
}

function nestedCollection(target: Collection, call: Call): Record<string, unknown> {
  const { id, title, lastUpdated, owner, theme, upvotes, items } = target;
  return {
    slug: slugOf(target),
    id,
    title,
    lastUpdated: isoDate(lastUpdated),
    owner: accountCard(owner, call.world),
    theme,
    upvotes,
    isUpvotedByUser: false,
    shareUrl: shareUrlOf(target, call),
    numberItems: items.length,
  };
}

function repoCard(repo: Repo, call: Call): Record<string, unknown> {
  const { owner, likes, lastModified, createdAt, downloads, gated, pipelineTag, name, tags, visibility, sdk } =
    repo.record;
  const shared = {
    author: owner,
    id: repo.id,
    isLikedByUser: call.token !== undefined && repo.likers.has(call.token.user.name),
    lastModified: isoDate(lastModified),
    likes,
    private: repo.isPrivate,
    repoType: repo.kind.slice(0, -1),
  };
  if (repo.kind === "datasets") return { ...shared, downloads, gated };
  if (repo.kind === "models") {
    return {
      ...shared,
      downloads,
      gated,
      availableInferenceProviders: [],
      ...(pipelineTag && { pipeline_tag: pipelineTag }),
    };
  }
  return {
    ...shared,
    colorFrom: "blue",
    colorTo: "green",
    createdAt: isoDate(createdAt),
    emoji: "🦉",
    pinned: false,
    title: name,
    sdk,
    runtime: spaceRuntime(repo),
    disabled: false,
    tags,
    featured: false,
    visibility,
  };
}
