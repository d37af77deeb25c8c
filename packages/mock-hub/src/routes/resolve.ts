import { redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { serveBytes } from "../http/ranges.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { wireTexts } from "../http/wire-texts.js";
import type { Content } from "../state/content.js";
import type { Commit, FileEntry } from "../state/git.js";
import { blobOf } from "../state/pointer.js";
import { kindsAndKernels, pagePrefix, type Kind, type Repo } from "../state/repo.js";
import { largeFileAnswer } from "./large-file-answer.js";

export function addResolveRoutes(router: Router): void {
  for (const kind of kindsAndKernels) {
    const page = `/${pagePrefix[kind]}{namespace}/{repo}`;
    const add = (path: string, find: FindFile, handler: FileHandler): void =>
      router.add("GET", path, (call) => handler(call, find(call, kind)));
    add(`${page}/resolve/{rev}/{path...}`, findShown, resolve);
    add(`${page}/raw/{rev}/{path...}`, findFile, raw);
    add(`/api/resolve-cache/${kind}/{namespace}/{repo}/{rev}/{path...}`, findShown, cached);
  }
}

type FileHandler = (call: Call, found: FoundFile) => Answer | Promise<Answer>;
type FindFile = (call: Call, kind: Kind) => FoundFile;

interface FoundFile {
  repo: Repo;
  commit: Commit;
  entry: FileEntry;
  path: string;
}

/** Leads to where the bytes are: small files stay on the Hub, those in LFS lie on the second origin. */
async function resolve(call: Call, found: FoundFile): Promise<Answer> {
  const { repo, commit, entry, path } = found;
  if (entry.lfs) return large(call, found);
  const etag = `"${await entry.content.oid}"`;
  const segments = [repo.kind, repo.owner, repo.record.name, commit.id, ...path.split("/")];
  const query = call.url.search || `?${encodeURIComponent(call.url.pathname)}=`;
  const location = `/api/resolve-cache/${segments.map(encodeURIComponent).join("/")}${query}&etag=${encodeURIComponent(etag)}`;
  return redirect(307, location, { "x-repo-commit": commit.id, "accept-ranges": "bytes", "x-linked-etag": etag });
}

function cached(call: Call, found: FoundFile): Promise<Answer> {
  return found.entry.lfs ? large(call, found) : serve(call, found, found.entry.content);
}

/** Shows what git holds, which for a file in LFS is its pointer. */
async function raw(call: Call, found: FoundFile): Promise<Answer> {
  return serve(call, found, await blobOf(found.entry));
}

async function large(call: Call, { repo, commit, entry: { content } }: FoundFile): Promise<Answer> {
  // Its bytes may have been deleted for good, though the commit still names it.
  if (call.world.storage.isDeleted(repo.record._id, await content.sha256)) throw entryNotFound(commit);
  const tokenPath = `/api/${repo.kind}/${repo.id}/xet-read-token/${commit.id}`;
  return largeFileAnswer(call, { content, tokenPath, headers: { "x-repo-commit": commit.id } });
}

async function serve(call: Call, { commit, path }: FoundFile, content: Content): Promise<Answer> {
  return serveBytes(content, call.request, {
    "content-type": path.endsWith(".json") ? "application/json" : "text/plain; charset=utf-8",
    "content-disposition": `inline; filename*=UTF-8''${encodeURIComponent(path.split("/").at(-1) ?? path)}`,
    "x-repo-commit": commit.id,
    etag: `"${await content.oid}"`,
  });
}

/** The files of a gated repository that everybody may read all the same. */
const alwaysShown = new Set(["README.md", "LICENSE", "LICENSE.md", "LICENSE.txt"]);

function findShown(call: Call, kind: Kind): FoundFile {
  return alwaysShown.has(call.param("path")) ? lookUp(call, call.repo(kind)) : findFile(call, kind);
}

/** The gate comes first: it does not tell whether there is such a revision or file. */
function findFile(call: Call, kind: Kind): FoundFile {
  const repo = call.repo(kind);
  call.requireAccess(repo);
  return lookUp(call, repo);
}

function lookUp(call: Call, repo: Repo): FoundFile {
  const commit = call.revision(repo);
  const path = call.param("path");
  const entry = commit.files.get(path);
  if (!entry) throw entryNotFound(commit);
  return { repo, commit, entry, path };
}

function entryNotFound({ id }: Commit): Refusal {
  const headers = { "x-repo-commit": id };
  return new Refusal(404, wireTexts.entryNotFound, { code: "EntryNotFound", isPlain: true, headers });
}
