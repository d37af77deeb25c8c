import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Kind } from "../state/repo.js";
import { forKinds } from "./for-kinds.js";

export function addRevisionRoutes(router: Router): void {
  const repo = "/api/{kind}/{namespace}/{repo}";
  forKinds(router, "POST", `${repo}/branch/{rev}`, createBranch);
  forKinds(router, "DELETE", `${repo}/branch/{rev}`, (call, kind) => deleteRef(call, kind, "refs/heads/"));
  forKinds(router, "POST", `${repo}/tag/{rev}`, createTag);
  forKinds(router, "DELETE", `${repo}/tag/{rev}`, (call, kind) => deleteRef(call, kind, "refs/tags/"));
  forKinds(router, "POST", `${repo}/super-squash/{rev}`, superSquash);
}

async function createBranch(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const fields = await call.fields();
  const ref = `refs/heads/${call.param("rev")}`;
  if (repo.git.refs.has(ref) && !field.optionalFlag(fields, "overwrite")) {
    throw new Refusal(409, `Reference already exists: ${ref}`);
  }
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
  const ref = `refs/tags/${field.requiredText(await call.fields(), "tag")}`;
  if (repo.git.refs.has(ref)) throw new Refusal(409, `Reference already exists: ${ref}`);
  repo.git.refs.set(ref, call.revision(repo));
  return json({});
}

function deleteRef(call: Call, kind: Kind, prefix: string): Answer {
  const repo = call.writableRepo(kind);
  const name = call.param("rev");
  if (prefix + name === "refs/heads/main") throw new Refusal(403, "The main branch cannot be deleted");
  if (!repo.git.refs.delete(prefix + name)) {
    throw new Refusal(404, `Reference does not exist: ${prefix}${name}`, { code: "RevisionNotFound" });
  }
  return json({});
}

/** Replaces the history of a branch by one commit. */
async function superSquash(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const { files } = call.revision(repo);
  const ref = `refs/heads/${call.param("rev")}`;
  const title = field.optionalText(await call.fields(), "message") ?? "Super-squash branch";
  if (!repo.git.refs.delete(ref))
    throw new Refusal(404, `Invalid rev id: ${call.param("rev")}`, { code: "RevisionNotFound" });
  const commit = call.world.commit(repo, ref, {
    title,
    message: "",
    author: call.writer.name,
    date: call.world.now(),
    files,
  });
  return json({ commitId: commit.id });
}
