import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { pageByIndex } from "../http/link.js";
import type { Router } from "../http/router.js";
import type { Kind, Repo } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { forKinds } from "./for-kinds.js";

export function addLfsFileRoutes(router: Router): void {
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/lfs-files", listLfsFiles);
}

async function listLfsFiles(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.writableRepo(kind);
  const limit = call.integer("limit", 1000, { min: 1, max: 1000 });
  const { page, headers } = pageByIndex(await lfsFilesOf(repo), call.url, limit);
  return json(page, 200, headers);
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
