import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { Refusal, revisionNotFound } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { wireTexts } from "../http/wire-texts.js";
import { kindsAndKernels, type Kind } from "../state/repo.js";
import { forKinds, type KindHandler } from "./for-kinds.js";

export function addRevisionRoutes(router: Router): void {
  const repo = "/api/{kind}/{namespace}/{repo}";
  const add = (method: string, path: string, handler: KindHandler): void =>
    forKinds(router, method, `${repo}/${path}`, handler, kindsAndKernels);
  add("POST", "branch/{rev}", createBranch);
  add("DELETE", "branch/{rev}", (call, kind) => deleteRef(call, kind, branchRef(call.param("rev"))));
  add("POST", "tag/{rev}", createTag);
  add("DELETE", "tag/{rev}", (call, kind) => deleteRef(call, kind, `refs/tags/${call.param("rev")}`));
  add("POST", "super-squash/{rev}", superSquash);
}

async function createBranch(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const fields = await call.fields();
  const ref = branchRef(call.param("rev"));
  if (repo.git.refs.has(ref) && !field.optionalFlag(fields, "overwrite"))
    throw new Refusal(409, wireTexts.refExists(ref));
  if (field.optionalFlag(fields, "emptyBranch")) {
    repo.git.refs.delete(ref);
    repo.git.commit(ref, {
      title: "initial commit",
      message: "",
      author: call.writer.name,
      date: call.world.now(),
      files: new Map(),
    });
  } else {
    repo.git.refs.set(ref, call.revision(repo, field.optionalText(fields, "startingPoint") ?? "main"));
  }
  return json({});
}

/** The revision of the path is what the tag points at, its name stands in the body. */
async function createTag(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const name = field.requiredText(await call.fields(), "tag");
  const target = call.revision(repo);
  if (!isRefName(name)) throw new Refusal(400, `Invalid reference for a tag: ${name}`);
  const ref = `refs/tags/${name}`;
  if (repo.git.refs.has(ref)) throw new Refusal(409, wireTexts.refExists(ref));
  repo.git.refs.set(ref, target);
  return json({});
}

function deleteRef(call: Call, kind: Kind, ref: string): Answer {
  const repo = call.writableRepo(kind);
  if (ref === "refs/heads/main") throw new Refusal(403, wireTexts.refStays(ref));
  if (!repo.git.refs.delete(ref)) throw revisionNotFound(call.param("rev"));
  return json({});
}

/** The ref of a branch. Conversions are made and deleted like branches; other refs have ways of their own. */
function branchRef(name: string): string {
  const isConversion = /^refs\/convert\/[^/]+$/.test(name);
  if (!isRefName(name) || (name.startsWith("refs/") && !isConversion))
    throw new Refusal(400, wireTexts.invalidBranch(name));
  return isConversion ? name : `refs/heads/${name}`;
}

/** The rules of git for names. */
function isRefName(name: string): boolean {
  const parts = name.split("/");
  // Control characters count as spaces do.
  const isOdd = /[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\.$/.test(name);
  return name !== "@" && !isOdd && parts.every((part) => /^[^.]/.test(part) && !part.endsWith(".lock"));
}

/** Replaces the history of a branch, a conversion or a pull request by one commit. */
async function superSquash(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const name = call.param("rev");
  const { files } = call.revision(repo);
  if (name.startsWith("refs/tags/")) throw new Refusal(400, wireTexts.invalidBranch(name));
  const ref = name.startsWith("refs/") ? name : `refs/heads/${name}`;
  const title = field.optionalText(await call.fields(), "message") ?? "Super-squash branch";
  if (!repo.git.refs.delete(ref)) throw revisionNotFound(name);
  const commit = call.world.commit(repo, ref, {
    title,
    message: "",
    author: call.writer.name,
    date: call.world.now(),
    files,
  });
  return json({ commitId: commit.id });
}
