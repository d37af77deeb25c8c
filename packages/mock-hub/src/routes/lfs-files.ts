import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { pageByIndex } from "../http/link.js";
import type { Router } from "../http/router.js";
import { lastCommitOf, type FileEntry } from "../state/git.js";
import type { Kind, Repo } from "../state/repo.js";
import { isoDate, type World } from "../state/world.js";
import { forKinds } from "./for-kinds.js";

export function addLfsFileRoutes(router: Router): void {
  const all = "/api/{kind}/{namespace}/{repo}/lfs-files";
  forKinds(router, "GET", all, listLfsFiles);
  forKinds(router, "POST", `${all}/batch`, deleteMany);
  forKinds(router, "DELETE", `${all}/{sha}`, (call, kind) =>
    deleteFiles(call.writableRepo(kind), [call.param("sha")], call.query.get("rewriteHistory") !== "false", call.world),
  );
}

async function listLfsFiles(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const limit = call.integer("limit", 1000, { min: 1, max: 1000 });
  const { page, headers } = pageByIndex(await lfsFilesOf(repo, call.world), call.url, limit);
  return json(page, 200, headers);
}

async function deleteMany(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const deletions = field.asFields((await call.fields())["deletions"]);
  const hashes = field.requiredList(deletions, "sha").map(String);
  return deleteFiles(repo, hashes, field.optionalFlag(deletions, "rewriteHistory") ?? true, call.world);
}

/** Each file once, under the first name and ref that hold it; branches come before tags and pull requests. */
async function lfsFilesOf(repo: Repo, { storage }: World): Promise<unknown[]> {
  const seen = new Set<string>();
  const found: unknown[] = [];
  for (const [ref, commit] of repo.git.refs) {
    for (const [filename, { content, lfs }] of commit.files) {
      const oid = lfs ? await content.sha256 : undefined;
      if (oid === undefined || seen.has(oid) || storage.isDeleted(repo.record._id, oid)) continue;
      seen.add(oid);
      const pushedAt = isoDate(lastCommitOf(filename, commit).date);
      found.push({ oid, fileOid: oid, size: content.size, filename, ref, pushedAt });
    }
  }
  return found;
}

/** Takes away the bytes, and the files from all commits unless the history has to stay as it is. */
async function deleteFiles(
  repo: Repo,
  hashes: readonly string[],
  rewriteHistory: boolean,
  world: World,
): Promise<Answer> {
  for (const sha256 of hashes) world.storage.delete(repo.record._id, sha256);
  if (rewriteHistory) await rewriteWithout(repo, new Set(hashes));
  return json({});
}

async function rewriteWithout({ git, discussions }: Repo, hashes: ReadonlySet<string>): Promise<void> {
  const dropped = new Set<FileEntry>();
  for (const entry of git.allEntries()) if (entry.lfs && hashes.has(await entry.content.sha256)) dropped.add(entry);
  const rewritten = git.rewriteWithout(dropped);
  const newIds = new Map([...rewritten].map(([before, after]) => [before.id, after.id]));
  for (const discussion of discussions) {
    const { base, mergeCommitId, events } = discussion;
    if (base) discussion.base = rewritten.get(base) ?? base;
    if (mergeCommitId !== undefined) discussion.mergeCommitId = newIds.get(mergeCommitId) ?? mergeCommitId;
    for (const { type, data } of events) if (type === "commit") data.oid = newIds.get(data.oid) ?? data.oid;
  }
}
