import { redirect, type Answer } from "../answer.js";
import type { Call } from "../call.js";
import { signedUrl } from "../cdn.js";
import { serveBytes } from "../ranges.js";
import type { Router } from "../router.js";
import type { Commit, FileEntry } from "../state/git.js";
import { kinds, pagePrefix, type Kind } from "../state/repo.js";
import { entryNotFound } from "./tree.js";

export function addResolveRoutes(router: Router): void {
  for (const kind of kinds) {
    const page = `/${pagePrefix[kind]}{namespace}/{repo}`;
    router.add("GET", `${page}/resolve/{rev}/{path...}`, (call) => resolve(call, kind));
    router.add("GET", `${page}/raw/{rev}/{path...}`, (call) => serveFromGit(call, kind));
    router.add("GET", `/api/resolve-cache/${kind}/{namespace}/{repo}/{rev}/{path...}`, (call) =>
      serveFromGit(call, kind),
    );
  }
}

/** Leads to where the bytes are: small files stay on the Hub, those in LFS lie on the second origin. */
async function resolve(call: Call, kind: Kind): Promise<Answer> {
  const { commit, entry, path } = findFile(call, kind);
  const repo = call.param("repo");
  const headers = { "x-repo-commit": commit.id, "accept-ranges": "bytes" };
  if (!entry.lfs) {
    const location = [
      "/api/resolve-cache",
      kind,
      call.param("namespace"),
      repo,
      commit.id,
      ...path.split("/").map(encodeURIComponent),
    ];
    return redirect(307, location.join("/") + call.url.search, headers);
  }
  const sha256 = await entry.content.sha256;
  call.world.storage.set(sha256, entry.content);
  return redirect(302, signedUrl(call.request.cdnOrigin, sha256, "download"), {
    ...headers,
    "x-linked-size": String(entry.content.size),
    "x-linked-etag": `"${sha256}"`,
  });
}

/** `raw` shows what git holds, which for a file in LFS is its pointer; here it is the file. */
async function serveFromGit(call: Call, kind: Kind): Promise<Answer> {
  const { commit, entry, path } = findFile(call, kind);
  return serveBytes(entry.content, call.request, {
    "content-type": path.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8",
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(path.split("/").at(-1) ?? path)}`,
    "x-repo-commit": commit.id,
    etag: `"${await entry.content.oid}"`,
  });
}

function findFile(call: Call, kind: Kind): { commit: Commit; entry: FileEntry; path: string } {
  const repo = call.repo(kind);
  call.requireAccess(repo);
  const commit = call.revision(repo);
  const path = call.param("path");
  const entry = commit.files.get(path);
  if (!entry) throw entryNotFound(path, call.param("rev"));
  return { commit, entry, path };
}
