import { isAbsolute, join, posix, relative, win32 } from "node:path";
import { HubInputError } from "../../errors.js";

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$) *(\.|$)/i;

// Letters that macOS does not see in a name, and the short name that Windows has for `.git`.
const unseen = /[\u200c-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;
const gitFolder = /^(\.git|git~1)[. ]*$/i;

/**
 * Where a file of a repository goes below a folder.
 *
 * @throws {HubInputError} for a path that would leave the folder, that Git would take for its own (no repository holds
 * such a file, and a hook in it would run), or that this system cannot hold under its own name.
 */
export function pathBelow(folder: string, path: string, platform: NodeJS.Platform = process.platform): string {
  const segments = path.split("/");
  const isBad = (segment: string): boolean =>
    segment === "" ||
    segment === "." ||
    segment === ".." ||
    segment.includes("\0") ||
    gitFolder.test(segment.replace(unseen, "")) ||
    (platform === "win32" && (/[\\:*?"<>|\u0001-\u001f]|[. ]$/.test(segment) || reserved.test(segment)));
  if (segments.some(isBad)) {
    throw new HubInputError(`${JSON.stringify(path)} is no path for a file on this system; leave it out with exclude`);
  }
  return (platform === "win32" ? win32 : platform === process.platform ? { join } : posix).join(folder, ...segments);
}

/** Whether a path is below a folder; neither may hold links. */
export function isBelow(folder: string, path: string): boolean {
  const way = relative(folder, path);
  return way !== "" && way !== ".." && !/^\.\.[\\/]/.test(way) && !isAbsolute(way);
}
