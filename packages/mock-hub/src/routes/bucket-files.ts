import { json, type Answer } from "../http/answer.js";
import { parseJson, type Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { requiredText, type Fields } from "../http/fields.js";
import { encodeCursor, nextLink, positionIn } from "../http/link.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Bucket, BucketFile } from "../state/bucket.js";
import type { Content } from "../state/content.js";
import { kindOfType, repoTypes } from "../state/repo.js";
import { xetHashOf } from "../state/storage.js";
import { isoDate } from "../state/world.js";
import { findBucket, writableBucket } from "./buckets.js";
import { largeFileAnswer } from "./large-file-answer.js";

const one = "/api/buckets/{namespace}/{repo}";

export function addBucketFileRoutes(router: Router): void {
  router.add("GET", `${one}/tree`, listTree);
  router.add("GET", `${one}/tree/{path...}`, listTree);
  router.add("POST", `${one}/paths-info`, pathsInfo);
  router.add("POST", `${one}/batch`, batch);
  router.add("GET", "/buckets/{namespace}/{repo}/resolve/{path...}", resolve);
}

interface Entry {
  path: string;
  uploadedAt: number;
  /** Absent for a folder. */
  file?: BucketFile;
}

async function listTree(call: Call): Promise<Answer> {
  const bucket = findBucket(call);
  const folder = call.param("path").replace(/\/+$/, "");
  const isRecursive = call.query.get("recursive") === null || call.flag("recursive");
  const byDate = field.choice(call.query.get("sort") ?? "path", "sort", ["path", "uploadedAt"]) === "uploadedAt";
  const direction = call.query.get("direction") ?? (byDate ? "desc" : "asc");
  const sign = field.choice(direction, "direction", ["asc", "desc"]) === "asc" ? 1 : -1;
  if (byDate && isRecursive && folder !== "") throw field.invalid("Only a whole bucket is sorted by date", "sort");
  const limit = call.integer("limit", 1000, { min: 1, max: 5000 });
  const entries = entriesBelow(folder, bucket, isRecursive).sort(
    (a, b) => sign * ((byDate ? a.uploadedAt - b.uploadedAt : 0) || (a.path < b.path ? -1 : 1)),
  );
  if (folder !== "" && entries.length === 0) throw entryNotFound(folder);
  const [after] = positionIn(call.url) ?? [];
  const start = after === undefined ? 0 : entries.findIndex(({ path }) => path === after) + 1;
  const page = entries.slice(start, start + limit);
  const last = page.at(-1);
  const hasMore = last !== undefined && start + limit < entries.length;
  return json(
    await Promise.all(page.map(entryView)),
    200,
    hasMore ? nextLink(call.url, { cursor: encodeCursor([last.path]) }) : {},
  );
}

async function pathsInfo(call: Call): Promise<Answer> {
  const bucket = findBucket(call);
  const wanted = [(await call.fields())["paths"] ?? []].flat().map((path) => String(path).replace(/\/+$/, ""));
  const known = new Map(allEntries(bucket).map((entry) => [entry.path, entry]));
  return json(await Promise.all(wanted.flatMap((path) => known.get(path) ?? []).map(entryView)));
}

/** One JSON object a line. What fails does not keep the rest from being done. */
async function batch(call: Call): Promise<Answer> {
  const bucket = writableBucket(call);
  const lines = linesOf(new TextDecoder().decode(await call.request.bytes()));
  const failed: { path: string; error: string }[] = [];
  for (const line of lines) {
    const path = requiredText(line, "path");
    const error = await carryOut(line, path, bucket, call);
    if (error !== undefined) failed.push({ path, error });
  }
  const succeeded = lines.length - failed.length;
  const body = { success: failed.length === 0, processed: lines.length, succeeded, failed };
  return json(body, succeeded === 0 ? 422 : 200);
}

function linesOf(text: string): Fields[] {
  const lines = text.split("\n").filter((line) => line.trim() !== "");
  if (lines.length === 0) throw field.invalid("Expected at least one operation");
  const operations = lines.map((line) => field.asFields(parseJson(line)));
  const firstDeletion = operations.findIndex(({ type }) => type === "deleteFile");
  if (firstDeletion >= 0 && operations.slice(firstDeletion).some(({ type }) => type !== "deleteFile"))
    throw field.invalid("Operations that delete come last");
  return operations;
}

/** Returns what went wrong, if anything did. */
async function carryOut(line: Fields, path: string, bucket: Bucket, call: Call): Promise<string | undefined> {
  const type = field.requiredChoice(line, "type", ["addFile", "copyFile", "deleteFile"]);
  if (type === "deleteFile") return bucket.files.delete(path) ? undefined : "File not found";
  const candidates = type === "addFile" ? call.world.storage.contents() : sourceOf(line, call);
  const xetHash = requiredText(line, "xetHash");
  for (const content of candidates) {
    if ((await xetHashOf(content)) !== xetHash) continue;
    bucket.put(path, content, call.world.now(), field.optionalText(line, "contentType"));
    return undefined;
  }
  return "Xet hash not found";
}

/** The bytes of all files in the bucket or repository that a copy comes from. */
function sourceOf(line: Fields, call: Call): Iterable<Content> {
  const id = requiredText(line, "sourceRepoId");
  const type = field.requiredChoice(line, "sourceRepoType", ["bucket", "kernel", ...repoTypes]);
  const repoType = type === "bucket" ? undefined : type;
  const repo = repoType && call.world.repos[kindOfType[repoType]].find(id);
  if (repo && call.canRead(repo)) return [...repo.git.head.files.values()].map(({ content }) => content);
  const bucket = type === "bucket" ? call.world.buckets.get(id.toLowerCase()) : undefined;
  return bucket && call.canRead(bucket) ? [...bucket.files.values()].map(({ content }) => content) : [];
}

function resolve(call: Call): Promise<Answer> {
  const path = call.param("path");
  const bucket = findBucket(call);
  const content = bucket.files.get(path)?.content;
  if (!content) throw entryNotFound(path);
  return largeFileAnswer(call, { content, tokenPath: `/api/buckets/${bucket.id}/xet-read-token` });
}

/** Files and folders below a folder; only its own entries unless `isRecursive`, when there are no folders. */
function entriesBelow(folder: string, bucket: Bucket, isRecursive: boolean): Entry[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  return allEntries(bucket).filter(
    ({ path, file }) =>
      path.startsWith(prefix) && (isRecursive ? file !== undefined : !path.slice(prefix.length).includes("/")),
  );
}

/** Folders exist by what is in them, and are as old as the newest of it. */
function allEntries({ files }: Bucket): Entry[] {
  const folders = new Map<string, Entry>();
  for (const [path, { uploadedAt }] of files) {
    const names = path.split("/");
    for (let depth = 1; depth < names.length; depth++) {
      const folder = names.slice(0, depth).join("/");
      const newest = Math.max(uploadedAt, folders.get(folder)?.uploadedAt ?? 0);
      folders.set(folder, { path: folder, uploadedAt: newest });
    }
  }
  return [...folders.values(), ...[...files].map(([path, file]) => ({ path, uploadedAt: file.uploadedAt, file }))];
}

async function entryView({ path, uploadedAt, file }: Entry): Promise<Record<string, unknown>> {
  if (!file) return { type: "directory", path, uploadedAt: isoDate(uploadedAt) };
  const { content, contentType } = file;
  return {
    type: "file",
    path,
    size: content.size,
    xetHash: await xetHashOf(content),
    uploadedAt: isoDate(uploadedAt),
    ...(contentType !== undefined && { contentType }),
  };
}

function entryNotFound(path: string): Refusal {
  return new Refusal(404, `${path} does not exist in this bucket`, { code: "EntryNotFound" });
}
