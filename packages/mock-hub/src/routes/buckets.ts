import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { Refusal, repoNotFound } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { contributors, maintainers } from "../state/accounts.js";
import { Bucket } from "../state/bucket.js";
import { isoDate } from "../state/world.js";
import { firstVisibility } from "./visibility.js";

const one = "/api/buckets/{namespace}/{repo}";

export function addBucketRoutes(router: Router): void {
  router.add("GET", "/api/buckets/{namespace}", listBuckets);
  router.add("GET", one, (call) => json(bucketCard(findBucket(call))));
  router.add("POST", one, createBucket);
  router.add("DELETE", one, deleteBucket);
  router.add("PUT", `${one}/settings`, updateSettings);
}

/** The bucket of the path, or the response that fits whoever asks. */
export function findBucket(call: Call): Bucket {
  const bucket = call.world.buckets.get(idOf(call));
  if (!bucket || !call.canRead(bucket)) throw repoNotFound(call.token !== undefined);
  return bucket;
}

/** The same for a change. */
export function writableBucket(call: Call): Bucket {
  const bucket = findBucket(call);
  call.requireRole(bucket.owner, maintainers);
  return bucket;
}

function listBuckets(call: Call): Answer {
  const namespace = namespaceOf(call).toLowerCase();
  if (!call.world.accounts.find(namespace)) throw new Refusal(404, "There is no user or organization of this name");
  const search = call.query.get("search")?.toLowerCase() ?? "";
  const found = [...call.world.buckets.values()].filter(
    (bucket) =>
      bucket.owner.toLowerCase() === namespace && bucket.name.toLowerCase().includes(search) && call.canRead(bucket),
  );
  return json(found.map(bucketCard));
}

async function createBucket(call: Call): Promise<Answer> {
  const owner = namespaceOf(call);
  call.requireRole(owner, contributors);
  const name = field.repoName(call.param("repo"), "repo");
  const isPrivate = firstVisibility(await call.fields(), owner, call) === "private";
  const existing = call.world.buckets.get(idOf(call));
  if (existing) {
    const body = { id: existing._id, url: pageOf(call, existing) };
    throw new Refusal(409, "You already created this bucket", { body });
  }
  const { world } = call;
  const account = world.accounts.find(owner)?.name ?? owner;
  const bucket = new Bucket({ _id: world.objectId(), owner: account, name, createdAt: world.now(), isPrivate });
  world.buckets.set(idOf(call), bucket);
  return json({ id: bucket._id, name: bucket.id, url: pageOf(call, bucket) });
}

function deleteBucket(call: Call): Answer {
  writableBucket(call);
  call.world.buckets.delete(idOf(call));
  return text("OK");
}

async function updateSettings(call: Call): Promise<Answer> {
  const bucket = writableBucket(call);
  const fields = await call.fields();
  bucket.isPrivate = field.optionalFlag(fields, "private") ?? bucket.isPrivate;
  bucket.cdnRegions = field.optionalList(fields, "cdnRegions") ?? bucket.cdnRegions;
  return json({ private: bucket.isPrivate, cdnRegions: bucket.cdnRegions });
}

/** Renames a bucket, or gives it to another owner. */
export function moveBucket(call: Call, from: string, [owner, name]: readonly [owner: string, name: string]): Answer {
  const { accounts, buckets } = call.world;
  const bucket = buckets.get(from.toLowerCase());
  if (!bucket || !call.canRead(bucket)) throw repoNotFound(call.token !== undefined);
  call.requireRole(bucket.owner, maintainers);
  call.requireRole(owner, contributors);
  field.repoName(name, "toRepo");
  const target = buckets.get(`${owner}/${name}`.toLowerCase());
  if (target && target !== bucket) {
    throw new Refusal(409, "You already created this bucket", { body: { url: pageOf(call, target) } });
  }
  buckets.delete(from.toLowerCase());
  Object.assign(bucket, { owner: accounts.find(owner)?.name ?? owner, name });
  buckets.set(bucket.id.toLowerCase(), bucket);
  return text("OK");
}

export function bucketCard(bucket: Bucket): Record<string, unknown> {
  return {
    id: bucket.id,
    author: bucket.owner,
    repoType: "bucket",
    private: bucket.isPrivate,
    createdAt: isoDate(bucket.createdAt),
    updatedAt: isoDate(bucket.updatedAt),
    size: bucket.size,
    totalFiles: bucket.files.size,
    cdnRegions: bucket.cdnRegions,
  };
}

/** `me` is whoever asks, unless somebody has this name. */
function namespaceOf(call: Call): string {
  const name = call.param("namespace");
  return name === "me" && !call.world.accounts.find(name) ? call.user.name : name;
}

function idOf(call: Call): string {
  return `${namespaceOf(call)}/${call.param("repo")}`.toLowerCase();
}

function pageOf(call: Call, bucket: Bucket): string {
  return `${call.url.origin}/buckets/${bucket.id}`;
}
