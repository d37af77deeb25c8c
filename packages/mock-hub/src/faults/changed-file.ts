import type { HubRequest } from "../http/request.js";
import { segmentsOf } from "../http/router.js";
import { Content } from "../state/content.js";
import { kinds, type Kind } from "../state/repo.js";
import type { World } from "../state/world.js";

/**
 * Puts other bytes of the same length in the place of the file that a request asks for: on the Hub by a commit to the
 * branch in its address, on the second origin under the very same address. Leaves all other requests alone.
 */
export function changeFile({ url, cdnOrigin }: HubRequest, world: World): void {
  if (url.origin === cdnOrigin) changeStored(segmentsOf(url.pathname)[1] ?? "", world);
  else commitChange(segmentsOf(url.pathname).map(decodeURIComponent), world);
}

function changeStored(sha256: string, { storage }: World): void {
  const content = storage.get(sha256);
  if (content) storage.set(sha256, otherBytes(content));
}

function commitChange(segments: string[], world: World): void {
  const place = segments.indexOf("resolve");
  const kind: Kind = kinds.find((name) => name === segments[0]) ?? "models";
  const [revision = "", ...rest] = segments.slice(place + 1);
  const repo = world.repos[kind].find(segments.slice(place - 2, place).join("/"));
  const path = rest.join("/");
  const ref = revision.startsWith("refs/") ? revision : `refs/heads/${revision}`;
  const head = repo?.git.refs.get(ref);
  const entry = head?.files.get(path);
  if (!repo || !head || !entry) return;
  const files = new Map(head.files).set(path, { ...entry, content: otherBytes(entry.content) });
  const author = repo.owner;
  world.commit(repo, ref, { title: `Change ${path}`, message: "", author, date: world.now(), files });
}

function otherBytes(content: Content): Content {
  return Content.of(content.bytes().map((byte) => byte ^ 1));
}
