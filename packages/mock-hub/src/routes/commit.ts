import { json, type Answer } from "../answer.js";
import { parseJson, type Call } from "../call.js";
import * as field from "../fields.js";
import { invalid, requiredText, type Fields } from "../fields.js";
import { Refusal } from "../refusal.js";
import type { Router } from "../router.js";
import { Content } from "../state/content.js";
import type { Commit, FileEntry } from "../state/git.js";
import { pagePrefix, type Kind, type Repo } from "../state/repo.js";
import type { World } from "../state/world.js";
import { fromBase64 } from "./base64.js";
import { openDiscussion, record } from "./discussions.js";
import { forKinds } from "./for-kinds.js";
import { pageOf } from "./repo-lifecycle.js";
import { entryNotFound } from "./tree.js";

/** Above this, and for these kinds of file, content goes to Git LFS. */
const largeFile = 10 * 1024 * 1024;
const binaryName = /\.(safetensors|bin|parquet|onnx|pt|pth|gguf|h5|zip|tar|gz|png|jpe?g|mp4|wav|npz|arrow)$/i;

export function addCommitWriteRoutes(router: Router): void {
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/preupload/{rev}", preupload);
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/commit/{rev}", commit);
}

async function preupload(call: Call, kind: Kind): Promise<Answer> {
  call.requireWriter();
  const commit = call.revision(call.repo(kind));
  const files = field.requiredList(await call.fields(), "files").map(field.asFields);
  return json({
    files: await Promise.all(
      files.map(async (file) => {
        const path = requiredText(file, "path");
        const isLarge = (field.optionalNumber(file, "size") ?? 0) > largeFile || binaryName.test(path);
        const existing = commit.files.get(path);
        const oid = existing && { oid: await (existing.lfs ? existing.content.sha256 : existing.content.oid) };
        return { path, uploadMode: isLarge ? "lfs" : "regular", shouldIgnore: false, ...oid };
      }),
    ),
    commitOid: commit.id,
  });
}

/** One JSON object a line: a header, then what to do to each file. */
async function commit(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  const isProposal = call.flag("create_pr");
  const author = isProposal
    ? call.writer.name
    : call.requireRole(repo.record.owner, ["admin", "write", "contributor"]).name;
  const lines = await readLines(call);
  const header = lines.find(({ key }) => key === "header")?.value;
  if (!header) throw invalid("Expected a header line");
  const title = requiredText(header, "summary");
  const message = field.optionalText(header, "description") ?? "";
  const target = call.param("rev");
  const base = call.revision(repo);
  const expected = field.optionalText(header, "parentCommit");
  if (expected !== undefined && !base.id.startsWith(expected)) {
    throw new Refusal(412, `The branch moved: it is at ${base.id} now, not at ${expected}.`);
  }
  const files = await changedFiles(lines, base, call.world);
  const draft = { title, message, author, date: call.world.now(), files };
  if (!isProposal) {
    const made = call.world.commit(repo, refOf(repo, target), draft);
    return json(commitAnswer(call, repo, made));
  }
  const discussion = openDiscussion(call, repo, author, { title, text: message, isPullRequest: true });
  discussion.status = "open";
  const made = repo.git.commit(`refs/pr/${discussion.num}`, draft, base);
  record(call, discussion, { type: "commit", data: { subject: title, oid: made.id } });
  const pullRequestUrl = `${call.url.origin}/${pagePrefix[kind]}${repo.id}/discussions/${discussion.num}`;
  return json({ ...commitAnswer(call, repo, made), pullRequestUrl });
}

function commitAnswer(call: Call, repo: Repo, made: Commit): Record<string, unknown> {
  return { success: true, commitOid: made.id, commitUrl: `${pageOf(call, repo)}/commit/${made.id}`, hookOutput: "" };
}

/** The ref that a commit moves: a branch or a pull request, never a tag or a fixed commit. */
function refOf(repo: Repo, revision: string): string {
  const ref = revision.startsWith("refs/") ? revision : `refs/heads/${revision === "HEAD" ? "main" : revision}`;
  if (!repo.git.refs.has(ref) || ref.startsWith("refs/tags/")) throw invalid(`Not a branch: ${revision}`, "rev");
  return ref;
}

interface Line {
  key: string;
  value: Fields;
}

async function readLines(call: Call): Promise<Line[]> {
  const body = new TextDecoder().decode(await call.request.bytes());
  const lines = body.split("\n").filter((line) => line.trim() !== "");
  return lines.map((line) => {
    const fields = field.asFields(parseJson(line));
    return { key: requiredText(fields, "key"), value: field.asFields(fields["value"]) };
  });
}

async function changedFiles(lines: readonly Line[], base: Commit, world: World): Promise<Map<string, FileEntry>> {
  const files = new Map(base.files);
  for (const { key, value } of lines) {
    if (key === "header") continue;
    const path = requiredText(value, "path");
    if (/^\/|(^|\/)\.\.?(\/|$)/.test(path)) throw invalid("Invalid path", path);
    if (key === "file") files.set(path, { content: inlineContent(value), lfs: false });
    else if (key === "lfsFile") files.set(path, { content: uploaded(requiredText(value, "oid"), world), lfs: true });
    else if (key === "copyFile") files.set(path, copied(requiredText(value, "srcPath"), base));
    else if (key === "deletedFile") remove(files, path, base);
    else if (key === "deletedFolder")
      for (const name of files.keys())
        if (name.startsWith(folderOf(path))) files.delete(name);
        else if (key !== "deletedFolder") throw invalid(`Unknown operation: ${key}`, "key");
  }
  return files;
}

function folderOf(path: string): string {
  return path.endsWith("/") ? path : `${path}/`;
}

function remove(files: Map<string, FileEntry>, path: string, base: Commit): void {
  if (!files.delete(path)) throw entryNotFound(path, base.id);
}

function copied(path: string, base: Commit): FileEntry {
  const entry = base.files.get(path);
  if (!entry) throw entryNotFound(path, base.id);
  return { ...entry };
}

function inlineContent(value: Fields): Content {
  const content = requiredText(value, "content");
  return value["encoding"] === "base64" ? Content.of(fromBase64(content)) : Content.ofText(content);
}

function uploaded(sha256: string, world: World): Content {
  const content = world.storage.get(sha256);
  if (!content) throw new Refusal(400, `No upload with the SHA-256 ${sha256}: send the file before the commit.`);
  return content;
}
