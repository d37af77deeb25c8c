import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { choice } from "../http/fields.js";
import { repoNotFound } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Commit } from "../state/git.js";
import { kinds, type Kind, type Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { forKinds } from "./for-kinds.js";
import { expandableInInfo, repoInfo } from "./repo-view.js";
import { fileView } from "./tree.js";

export function addRepoInfoRoutes(router: Router): void {
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}", (call, kind) => {
    const repo = call.repo(kind);
    return infoAt(call, repo, repo.git.head);
  });
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/revision/{rev}", (call, kind) => {
    const repo = call.repo(kind);
    return infoAt(call, repo, call.revision(repo));
  });
  // A short id that is known redirects before it comes here.
  for (const path of ["/api/{kind}/{repo}", "/api/{kind}/{repo}/revision/{rev}"]) {
    forKinds(router, "GET", path, (call) => {
      throw repoNotFound(call.token !== undefined);
    });
  }
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/auth-check", authCheck);
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/auth-check/write", (call, kind) => {
    call.writableRepo(kind);
    return text("OK");
  });
  for (const kind of kinds) {
    if (kind !== "spaces") router.add("GET", `/api/${kind}-tags-by-type`, (call) => tagsByType(call, kind));
  }
}

async function infoAt(call: Call, repo: Repo, commit: Commit): Promise<Answer> {
  const expand = call.list("expand").map((name) => choice(name, "expand", expandableInInfo(repo.kind)));
  const info = repoInfo(repo, call.world, expand);
  if ("sha" in info) info["sha"] = commit.id;
  if ("lastModified" in info && commit !== repo.git.head) info["lastModified"] = isoDate(commit.date);
  if ("siblings" in info) info["siblings"] = await siblingsOf(commit, call.flag("blobs"));
  if (call.flag("securityStatus")) info["securityRepoStatus"] = { scansDone: true, filesWithIssues: [] };
  return json(info);
}

function siblingsOf(commit: Commit, withBlobs: boolean): Promise<unknown[]> {
  const names = [...commit.files.keys()].sort();
  return Promise.all(
    names.map(async (rfilename) => {
      if (!withBlobs) return { rfilename };
      const { oid, size, lfs } = await fileView(rfilename, commit);
      return {
        rfilename,
        blobId: oid,
        size,
        ...(lfs && { lfs: { sha256: lfs.oid, size, pointerSize: lfs.pointerSize } }),
      };
    }),
  );
}

function authCheck(call: Call, kind: Kind): Answer {
  call.requireAccess(call.repo(kind));
  return text("OK");
}

/** Counts no further than what the first tags of each group need: the real answer is half a megabyte. */
function tagsByType(call: Call, kind: Kind): Answer {
  const groups: Record<string, Map<string, unknown>> = {};
  for (const repo of call.world.repos[kind]) {
    for (const tag of repo.record.tags) {
      const type = typeOfTag(tag, repo);
      (groups[type] ??= new Map()).set(tag, { id: tag, label: tag.slice(tag.indexOf(":") + 1), type });
    }
  }
  const wanted = call.query.get("type");
  const chosen = Object.entries(groups).filter(([type]) => wanted === null || wanted === type);
  return json(Object.fromEntries(chosen.map(([type, tags]) => [type, [...tags.values()]])));
}

function typeOfTag(tag: string, repo: Repo): string {
  if (tag === repo.record.pipelineTag) return "pipeline_tag";
  if (tag === repo.record.library) return "library";
  if (tag.includes(":")) return tag.slice(0, tag.indexOf(":"));
  return tag.length === 2 ? "language" : "other";
}
