import { redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { serveBytes } from "../http/ranges.js";
import type { Router } from "../http/router.js";
import { signedUrl } from "../storage/signed-url.js";
import type { Content } from "../state/content.js";
import type { Commit, FileEntry } from "../state/git.js";
import { blobOf } from "../state/pointer.js";
import { kinds, pagePrefix, type Kind } from "../state/repo.js";
import { xetHashOf } from "../state/storage.js";
import { entryNotFound } from "./tree.js";

export function addResolveRoutes(router: Router): void {
  for (const kind of kinds) {
    const page = `/${pagePrefix[kind]}{namespace}/{repo}`;
    router.add("GET", `${page}/resolve/{rev}/{path...}`, (call) => resolve(call, kind));
    router.add("GET", `${page}/raw/{rev}/{path...}`, (call) => raw(call, kind));
    router.add("GET", `/api/resolve-cache/${kind}/{namespace}/{repo}/{rev}/{path...}`, (call) => cached(call, kind));
  }
}

interface FoundFile {
  commit: Commit;
  entry: FileEntry;
  path: string;
}

/** Leads to where the bytes are: small files stay on the Hub, those in LFS lie on the second origin. */
function resolve(call: Call, kind: Kind): Answer | Promise<Answer> {
  const found = findFile(call, kind);
  if (found.entry.lfs) return redirectToStorage(call, found);
  const segments = [kind, call.param("namespace"), call.param("repo"), found.commit.id, ...found.path.split("/")];
  const location = `/api/resolve-cache/${segments.map(encodeURIComponent).join("/")}${call.url.search}`;
  return redirect(307, location, { "x-repo-commit": found.commit.id, "accept-ranges": "bytes" });
}

function cached(call: Call, kind: Kind): Promise<Answer> {
  const found = findFile(call, kind);
  return found.entry.lfs ? redirectToStorage(call, found) : serve(call, found, found.entry.content);
}

/** Shows what git holds, which for a file in LFS is its pointer. */
async function raw(call: Call, kind: Kind): Promise<Answer> {
  const found = findFile(call, kind);
  return serve(call, found, await blobOf(found.entry));
}

/** What is known of a large file stands on the redirect only; the second origin knows just bytes. */
async function redirectToStorage(call: Call, { commit, entry: { content } }: FoundFile): Promise<Answer> {
  const { storage } = call.world;
  const sha256 = await content.sha256;
  if (!storage.has(sha256)) storage.set(sha256, content);
  return redirect(302, signedUrl(call.request.cdnOrigin, "download", sha256), {
    "x-repo-commit": commit.id,
    "accept-ranges": "bytes",
    "x-linked-size": String(content.size),
    "x-linked-etag": `"${sha256}"`,
    ...(storage.options.xetHash && { "x-xet-hash": await xetHashOf(content) }),
  });
}

async function serve(call: Call, { commit, path }: FoundFile, content: Content): Promise<Answer> {
  return serveBytes(content, call.request, {
    "content-type": path.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8",
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(path.split("/").at(-1) ?? path)}`,
    "x-repo-commit": commit.id,
    etag: `"${await content.oid}"`,
  });
}

function findFile(call: Call, kind: Kind): FoundFile {
  const repo = call.repo(kind);
  call.requireAccess(repo);
  const commit = call.revision(repo);
  const path = call.param("path");
  const entry = commit.files.get(path);
  if (!entry) throw entryNotFound(path, call.param("rev"));
  return { commit, entry, path };
}
