import { json, type Answer } from "../answer.js";
import type { Call } from "../call.js";
import { signedUrl } from "../cdn.js";
import * as field from "../fields.js";
import type { Router } from "../router.js";
import { kinds, pagePrefix, type Kind, type Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { nextLink } from "../link.js";
import { forKinds } from "./for-kinds.js";

export function addLfsRoutes(router: Router): void {
  for (const kind of kinds) {
    router.add("POST", `/${pagePrefix[kind]}{namespace}/{repo}/info/lfs/objects/batch`, (call) => batch(call, kind));
  }
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/lfs-files", listLfsFiles);
}

/** The batch call of Git LFS with its basic transfer: where to put, or get, each object. */
async function batch(call: Call, kind: Kind): Promise<Answer> {
  const fields = await call.fields();
  const operation = field.requiredChoice(fields, "operation", ["upload", "download"]);
  const repo = call.repo(kind);
  if (operation === "upload") call.requireRole(repo.record.owner, ["admin", "write", "contributor"]);
  else call.requireAccess(repo);
  const objects = field.requiredList(fields, "objects").map((value) => {
    const object = field.asFields(value);
    const oid = field.requiredText(object, "oid");
    const size = field.optionalNumber(object, "size") ?? 0;
    const isStored = call.world.storage.has(oid);
    if (operation === "download" && !isStored)
      return { oid, size, error: { code: 404, message: "Object does not exist" } };
    // An object that is there already needs no action.
    if (operation === "upload" && isStored) return { oid, size };
    return {
      oid,
      size,
      authenticated: true,
      actions: { [operation]: { href: signedUrl(call.request.cdnOrigin, oid, operation) } },
    };
  });
  return json({ transfer: "basic", objects }, 200, { "content-type": "application/vnd.git-lfs+json" });
}

async function listLfsFiles(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const limit = call.integer("limit", 1000, { min: 1, max: 1000 });
  const files = await lfsFilesOf(repo);
  const start = Number(call.query.get("cursor") ?? 0) || 0;
  const hasMore = start + limit < files.length;
  return json(
    files.slice(start, start + limit),
    200,
    hasMore ? nextLink(call.url, { cursor: String(start + limit) }) : {},
  );
}

function lfsFilesOf(repo: Repo): Promise<unknown[]> {
  const large = [...repo.git.head.files].filter(([, { lfs }]) => lfs);
  return Promise.all(
    large.map(async ([filename, { content }]) => {
      const oid = await content.sha256;
      return {
        oid,
        fileOid: oid,
        size: content.size,
        filename,
        ref: "refs/heads/main",
        pushedAt: isoDate(repo.record.lastModified),
      };
    }),
  );
}
