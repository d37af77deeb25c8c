import * as field from "../http/fields.js";
import { invalid, requiredText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import { wireTexts } from "../http/wire-texts.js";
import { withTracked } from "../git-rules/git-attributes.js";
import { Content } from "../state/content.js";
import { plain, type Commit, type FileEntry } from "../state/git.js";
import { findLarge } from "../state/large-file.js";
import type { Repo } from "../state/repo.js";
import type { Storage } from "../state/storage.js";
import { fromBase64 } from "./base64.js";
import type { CommitLine } from "./commit-lines.js";
import { maxInlineBytes, textOf } from "./preupload.js";
import { entryNotFound } from "./tree.js";

/** The files of `base` after the changes, which happen in their order. */
export async function changedFiles(
  changes: readonly CommitLine[],
  base: Commit,
  repo: Repo,
  storage: Storage,
): Promise<Map<string, FileEntry>> {
  const files = new Map(base.files);
  const large = new Set<string>();
  for (const { key, value } of changes) {
    const path = pathOf(value, "path");
    switch (key) {
      case "file":
        place(files, path, moved(files, value, base) ?? { content: inlineContent(value), lfs: false });
        break;
      case "lfsFile":
        place(files, path, moved(files, value, base) ?? { content: await uploaded(value, repo, storage), lfs: true });
        large.add(path);
        break;
      case "deletedFolder":
        if (!removeFolder(files, path)) throw entryNotFound(path, base.id);
        break;
      // A folder may come under either name.
      case "deletedFile":
      case "deletedEntry":
        if (!files.delete(path) && !removeFolder(files, path)) throw entryNotFound(path, base.id);
        break;
      default:
        throw invalid(`Unknown operation: ${JSON.stringify(key)}`, "key");
    }
  }
  track(files, large);
  return files;
}

/** The end of a folder's path may be a slash. */
function pathOf(value: Fields, name: string): string {
  const path = requiredText(value, name).replace(/\/$/, "");
  const isInside = path.split("/").every((part) => !["", ".", "..", ".git"].includes(part));
  // At the start a backslash is as good as a slash; further on it belongs to the name.
  if (path.length > 1000 || !isInside || /^\.{0,2}\\/.test(path))
    throw new Refusal(422, `Invalid path: ${JSON.stringify(path)}`);
  return path;
}

/** Takes away what `oldPath` names. Returns it if it is to be the new file as well, because nothing else is given. */
function moved(files: Map<string, FileEntry>, value: Fields, base: Commit): FileEntry | undefined {
  if (field.optionalText(value, "oldPath") === undefined) return undefined;
  const oldPath = pathOf(value, "oldPath");
  const entry = files.get(oldPath);
  if (!entry) throw entryNotFound(oldPath, base.id);
  files.delete(oldPath);
  const isGiven = field.optionalText(value, "content") !== undefined || field.optionalText(value, "oid") !== undefined;
  return isGiven ? undefined : { ...entry };
}

/** A file takes the place of a folder, and a folder that of a file, as they do in git. */
function place(files: Map<string, FileEntry>, path: string, entry: FileEntry): void {
  const names = path.split("/");
  for (let depth = 1; depth < names.length; depth++) files.delete(names.slice(0, depth).join("/"));
  if (!files.has(path)) removeFolder(files, path);
  files.set(path, entry);
}

function removeFolder(files: Map<string, FileEntry>, folder: string): boolean {
  const below = [...files.keys()].filter((path) => path.startsWith(`${folder}/`));
  for (const path of below) files.delete(path);
  return below.length > 0;
}

function inlineContent(value: Fields): Content {
  const text = requiredText(value, "content");
  const encoding = field.optionalChoice(value, "encoding", ["base64", "utf-8"]) ?? "utf-8";
  const content = encoding === "base64" ? Content.of(fromBase64(text)) : Content.ofText(text);
  if (content.size > maxInlineBytes)
    throw invalid(`Files above ${maxInlineBytes} bytes must go to LFS`, requiredText(value, "path"));
  return content;
}

/** The size may be left out, as it is when a file is copied that the repository holds. */
async function uploaded(value: Fields, repo: Repo, storage: Storage): Promise<Content> {
  const oid = requiredText(value, "oid");
  field.optionalChoice(value, "algo", ["sha256"]);
  const content = await findLarge(oid, repo, storage);
  if (!content) throw new Refusal(400, wireTexts.lostPointer(requiredText(value, "path")));
  const size = field.optionalNumber(value, "size");
  if (size !== undefined && size !== content.size)
    throw invalid(`The upload with the SHA-256 ${oid} has ${content.size} bytes, not ${size}`, "size");
  return content;
}

/** The Hub itself adds to `.gitattributes` what sends the new large files to LFS. */
function track(files: Map<string, FileEntry>, large: ReadonlySet<string>): void {
  const text = textOf(".gitattributes", { files });
  const after = withTracked(
    text,
    [...large].filter((path) => files.has(path)),
  );
  if (after !== text) files.set(".gitattributes", plain(after));
}
