import type { Call } from "../http/call.js";
import type { Paper } from "../state/paper.js";
import { kindOfType, typeOfKind, type Repo } from "../state/repo.js";
import { shortSlugOf, slugOf, type Collection, type CollectionItem } from "../state/collection.js";
import { isoDate } from "../state/world.js";
import { followedCard } from "./account-view.js";
import { bucketCard } from "./buckets.js";
import { parametersOf, providersOf } from "./repo-view.js";
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
    owner: followedCard(owner, call),
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

/** The id is left out of it. */
function shareUrlOf(collection: Collection, call: Call): string {
  return `${call.url.origin}/collections/${shortSlugOf(collection)}`;
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
    return paper && paperCard(paper, call);
  }
  if (type === "collection") {
    const target = world.collections.find((collection) => collection.id === id);
    return target && isVisible(target, call) ? collectionCard(target, call) : undefined;
  }
  if (type === "bucket") {
    const bucket = world.buckets.get(id.toLowerCase());
    return bucket && call.canRead(bucket) ? bucketCard(bucket) : undefined;
  }
  const repo = world.repos[kindOfType[type]].find(id);
  return repo && call.canRead(repo) ? repoCard(repo, call) : undefined;
}

export function isVisible({ owner, private: isPrivate }: Collection, call: Call): boolean {
  return call.canRead({ owner, isPrivate });
}

function paperCard({ id, title, upvotes, publishedAt }: Paper, call: Call): Record<string, unknown> {
  return {
    id,
    title,
    thumbnailUrl: `${call.request.cdnOrigin}/social-thumbnails/papers/${id}.png`,
    upvotes,
    publishedAt: isoDate(publishedAt),
    isUpvotedByUser: false,
  };
}

function collectionCard(target: Collection, call: Call): Record<string, unknown> {
  const { id, title, description, lastUpdated, owner, theme, upvotes, items } = target;
  return {
    slug: slugOf(target),
    id,
    title,
    ...(description !== undefined && { description }),
    lastUpdated: isoDate(lastUpdated),
    owner: followedCard(owner, call),
    theme,
    upvotes,
    isUpvotedByUser: false,
    shareUrl: shareUrlOf(target, call),
    numberItems: items.length,
  };
}

function repoCard(repo: Repo, call: Call): Record<string, unknown> {
  const { owner, likes, lastModified, downloads, gated } = repo.record;
  const shared = {
    author: owner,
    id: repo.id,
    isLikedByUser: call.token !== undefined && repo.likers.has(call.token.user.name),
    lastModified: isoDate(lastModified),
    likes,
    private: repo.isPrivate,
    repoType: typeOfKind[repo.kind],
  };
  if (repo.kind === "datasets") return { ...shared, downloads, gated, isBenchmark: false, isTraces: false };
  const authored = { ...shared, authorData: followedCard(owner, call) };
  if (repo.kind === "spaces") return { ...authored, ...spaceTraits(repo) };
  return { ...authored, downloads, gated, ...modelTraits(repo) };
}

function modelTraits(repo: Repo): Record<string, unknown> {
  const { pipelineTag } = repo.record;
  const numParameters = parametersOf(repo);
  return {
    availableInferenceProviders: providersOf(repo).map(({ provider, providerId, status, task, isModelAuthor }) => ({
      provider,
      providerId,
      modelStatus: status,
      providerStatus: "live",
      task,
      isModelAuthor,
      isCheapestPricingOutput: false,
      isFastestThroughput: false,
    })),
    ...(numParameters !== undefined && { numParameters }),
    ...(pipelineTag && { pipeline_tag: pipelineTag }),
  };
}

function spaceTraits(repo: Repo): Record<string, unknown> {
  const { createdAt, name, sdk, tags, trendingScore, visibility } = repo.record;
  return {
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
    trendingScore,
    visibility,
  };
}
