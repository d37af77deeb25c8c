import { join, posix, win32 } from "node:path";
import { HubInputError } from "../errors.js";

const reserved = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³])(\.|$)/i;

/**
 * Where a file of a repository goes below a folder.
 *
 * @throws {HubInputError} for a path that would leave the folder, or that this system cannot hold under its own name.
 */
export function pathBelow(folder: string, path: string, platform: NodeJS.Platform = process.platform): string {
  const segments = path.split("/");
  const isBad = (segment: string): boolean =>
    segment === "" ||
    segment === "." ||
    segment === ".." ||
    segment.includes("\0") ||
    (platform === "win32" && (/[\\:*?"<>|\u0001-\u001f]|[. ]$/.test(segment) || reserved.test(segment)));
  if (segments.some(isBad)) {
    throw new HubInputError(`${JSON.stringify(path)} is no path for a file on this system; leave it out with ignore`);
  }
  return (platform === "win32" ? win32 : platform === process.platform ? { join } : posix).join(folder, ...segments);
}
