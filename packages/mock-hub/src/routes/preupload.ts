import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { requiredText } from "../http/fields.js";
import { trackedBy } from "../git-rules/git-attributes.js";
import { ignoredBy } from "../git-rules/git-ignore.js";
import type { Router } from "../http/router.js";
import type { Commit } from "../state/git.js";
import { kindsAndKernels, type Kind } from "../state/repo.js";
import { fromBase64 } from "./base64.js";
import { requireCommitter } from "./committer.js";
import { forKinds } from "./for-kinds.js";

/** What a commit may hold of one file in itself. Anything larger goes to LFS. */
export const maxInlineBytes: number = 10 * 1024 * 1024;
const maxFiles = 1000;

export function addPreuploadRoutes(router: Router): void {
  forKinds(router, "POST", "/api/{kind}/{namespace}/{repo}/preupload/{rev}", preupload, kindsAndKernels);
}

async function preupload(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  requireCommitter(call, repo);
  const commit = call.revision(repo);
  const fields = await call.fields();
  const files = field.requiredList(fields, "files").map(field.asFields);
  if (files.length > maxFiles) throw field.invalid(`Too big: expected array to have <=${maxFiles} items`, "files");
  const isTracked = trackedBy(field.optionalText(fields, "gitAttributes") ?? textOf(".gitattributes", commit));
  const isIgnored = ignoredBy(field.optionalText(fields, "gitIgnore") ?? textOf(".gitignore", commit));
  return json({
    files: await Promise.all(
      files.map(async (file) => {
        const path = requiredText(file, "path");
        const isLarge = field.requiredNumber(file, "size") > maxInlineBytes || isTracked(path);
        return {
          path,
          uploadMode: isLarge || isBinary(requiredText(file, "sample")) ? "lfs" : "regular",
          shouldIgnore: isIgnored(path),
          ...(await known(path, commit)),
        };
      }),
    ),
    commitOid: commit.id,
  });
}

/** The id of what is there, so that a client need not send it again. */
async function known(path: string, commit: Commit): Promise<{ oid?: string }> {
  const entry = commit.files.get(path);
  return entry ? { oid: await (entry.lfs ? entry.content.sha256 : entry.content.oid) } : {};
}

/** Git's own sign of a file that is not text. A sample that is no base64 says nothing. */
function isBinary(sample: string): boolean {
  return /^[A-Za-z0-9+/]*={0,2}$/.test(sample) && sample.length % 4 === 0 && fromBase64(sample).includes(0);
}

export function textOf(path: string, { files }: Pick<Commit, "files">): string {
  const entry = files.get(path);
  return entry ? new TextDecoder().decode(entry.content.bytes()) : "";
}
