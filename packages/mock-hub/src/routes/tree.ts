import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { encodeCursor, nextLink, positionIn } from "../http/link.js";
import { Random } from "../random.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { lastCommitOf, type Commit } from "../state/git.js";
import { blobOf } from "../state/pointer.js";
import { kindsAndKernels, type Kind, type Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { forKinds } from "./for-kinds.js";

export interface TreeEntry {
  type: "file" | "directory";
  oid: string;
  size: number;
  path: string;
  lfs?: { oid: string; size: number; pointerSize: number };
  lastCommit?: { id: string; title: string; date: string };
  securityFileStatus?: unknown;
}

export function addTreeRoutes(router: Router): void {
  const tree = "/api/{kind}/{namespace}/{repo}/tree/{rev}";
  for (const path of [tree, `${tree}/{path...}`]) forKinds(router, "GET", path, listTree, kindsAndKernels);
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/treesize/{rev}/{path...}", treeSize);
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/paths-info/{rev}", pathsInfo);
}

async function listTree(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const commit = call.revision(repo);
  const folder = call.param("path").replace(/\/+$/, "");
  const expand = call.flag("expand");
  const limit = call.integer("limit", expand ? 100 : 1000, { min: 1 });
  const paths = pathsBelow(folder, commit, call.flag("recursive"));
  if (folder !== "" && paths.length === 0) throw entryNotFound(folder, call.param("rev"));
  const [after] = positionIn(call.url) ?? [];
  const rest = typeof after === "string" ? paths.filter((path) => path > after) : paths;
  const page = rest.slice(0, limit);
  const last = page.at(-1);
  const headers = rest.length > page.length && last ? nextLink(call.url, { cursor: encodeCursor([last]) }) : {};
  return json(await entriesAt(page, { commit, expand, repo, call }), 200, headers);
}

function treeSize(call: Call, kind: Kind): Answer {
  const commit = call.revision(call.repo(kind));
  const path = call.param("path");
  const below = [...commit.files].filter(([name]) => path === "" || name === path || name.startsWith(`${path}/`));
  if (path !== "" && below.length === 0) throw entryNotFound(path, call.param("rev"));
  return json({ path, size: below.reduce((sum, [, { content }]) => sum + content.size, 0) });
}

async function pathsInfo(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const commit = call.revision(repo);
  const { paths, expand } = await wantedPaths(call);
  const known = pathsBelow("", commit, true);
  const found = paths.map((path) => path.replace(/\/+$/, "")).filter((path) => known.includes(path));
  return json(await entriesAt(found, { commit, expand, repo, call }));
}

/** The Python client sends this one as a form. */
async function wantedPaths(call: Call): Promise<{ paths: string[]; expand: boolean }> {
  if (call.request.header("content-type")?.startsWith("application/x-www-form-urlencoded")) {
    const form = new URLSearchParams(new TextDecoder().decode(await call.request.bytes()));
    return { paths: form.getAll("paths"), expand: form.get("expand") === "true" };
  }
  const fields = await call.fields();
  const paths = [fields["paths"] ?? []].flat().filter((path) => typeof path === "string");
  return { paths, expand: String(fields["expand"]) === "true" };
}

/** Files and folders below a folder, sorted; only its own entries unless `recursive`. */
function pathsBelow(folder: string, commit: Commit, recursive: boolean): string[] {
  const prefix = folder === "" ? "" : `${folder}/`;
  const found = new Set<string>();
  for (const file of commit.files.keys()) {
    if (!file.startsWith(prefix)) continue;
    const parts = file.slice(prefix.length).split("/");
    const depth = recursive ? parts.length : 1;
    for (let length = 1; length <= depth; length++) found.add(prefix + parts.slice(0, length).join("/"));
  }
  return [...found].sort();
}

interface View {
  commit: Commit;
  expand: boolean;
  repo: Repo;
  call: Call;
}

/** Those who may not read the files of a gated repository see their names and sizes, but not what they hold. */
async function entriesAt(paths: readonly string[], { commit, expand, repo, call }: View): Promise<TreeEntry[]> {
  const entries = await Promise.all(paths.map((path) => entryAt(path, commit, expand)));
  return call.hasAccess(repo) ? entries : entries.map(masked);
}

function masked(entry: TreeEntry): TreeEntry {
  return entry.lfs ? { ...entry, lfs: { ...entry.lfs, oid: "*".repeat(64) } } : entry;
}

async function entryAt(path: string, commit: Commit, expand: boolean): Promise<TreeEntry> {
  const entry: TreeEntry = commit.files.has(path)
    ? await fileView(path, commit)
    : { type: "directory", oid: new Random(`${lastCommitOf(path, commit).id}/${path}`).hex(40), size: 0, path };
  if (!expand) return entry;
  const { id, title, date } = lastCommitOf(path, commit);
  const safe = { status: "safe" };
  return {
    ...entry,
    lastCommit: { id, title, date: isoDate(date) },
    ...(entry.type === "file" && { securityFileStatus: { ...safe, avScan: safe, pickleImportScan: safe } }),
  };
}

/** The entry of a file that is known to exist. */
export async function fileView(path: string, commit: Commit): Promise<TreeEntry> {
  const entry = commit.files.get(path);
  if (!entry) throw entryNotFound(path, commit.id);
  const { content, lfs } = entry;
  const { size } = content;
  const blob = await blobOf(entry);
  const view: TreeEntry = { type: "file", oid: await blob.oid, size, path };
  if (lfs) view.lfs = { oid: await content.sha256, size, pointerSize: blob.size };
  return view;
}

export function entryNotFound(path: string, revision: string): Refusal {
  return new Refusal(404, `${path} does not exist on "${revision}"`, { code: "EntryNotFound" });
}
