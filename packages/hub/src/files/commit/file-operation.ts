import { HubInputError } from "../../errors.js";
import { ownFields } from "../../inputs/own-fields.js";
import type { FileContent } from "../file-content.js";

/** Adds a file, or replaces the one that is there. */
export interface AddFile {
  /** Where in the repository. */
  add: string;
  content: FileContent;
}

export interface DeleteFile {
  /** A file, or a folder with all that is in it when it ends with `/`. */
  delete: string;
}

export interface CopyFile {
  /** A file of this repository. */
  copy: string;
  to: string;
  /** Where to take the file from: another branch, tag or commit. Default: the branch that is committed to. */
  revision?: string | undefined;
}

export interface RenameFile {
  /** A file of the branch. */
  rename: string;
  to: string;
}

/** One change of a commit. */
export type FileOperation = AddFile | DeleteFile | CopyFile | RenameFile;

/** The operations as additions, copies and deletions, each of them possible by itself. */
export interface SortedOperations {
  add: AddFile[];
  copy: CopyFile[];
  delete: string[];
}

/**
 * Sorts the operations of a commit, whose order means nothing: what they take away is what the branch holds before.
 *
 * @throws {HubInputError} for a path that no repository can hold, or that two operations are at odds about.
 */
export function sortOperations(operations: readonly FileOperation[]): SortedOperations {
  const sorted: SortedOperations = { add: [], copy: [], delete: [] };
  const written = new Set<string>();
  const write = (path: string): void => {
    checkPath(path);
    // The Hub takes none either; on Windows it is a path of the local folder.
    if (path.includes("\\")) {
      throw new HubInputError(`${JSON.stringify(path)} has a backslash; separate the folders of a repository by /`);
    }
    if (written.has(path)) throw new HubInputError(`two operations write ${path}`);
    written.add(path);
  };
  const removed = new Set<string>();
  const remove = (path: string): void => {
    checkPath(path.replace(/\/$/, ""));
    if (removed.has(path)) throw new HubInputError(`two operations take ${path} away`);
    removed.add(path);
    sorted.delete.push(path);
  };
  for (const operation of operations) {
    if (typeof operation !== "object" || operation === null) throw new HubInputError(`${operation} is no operation`);
    if ("add" in operation) {
      write(operation.add);
      sorted.add.push(operation);
    } else if ("copy" in operation) {
      checkPath(operation.copy);
      write(operation.to);
      sorted.copy.push(ownFields(operation));
    } else if ("rename" in operation) {
      checkPath(operation.rename);
      write(operation.to);
      sorted.copy.push({ copy: operation.rename, to: operation.to });
      remove(operation.rename);
    } else if ("delete" in operation) {
      remove(operation.delete);
    } else {
      throw new HubInputError("an operation has one of the fields add, delete, copy and rename");
    }
  }
  for (const operation of operations) {
    if ("delete" in operation && written.has(operation.delete)) {
      throw new HubInputError(`two operations write and delete ${operation.delete}; one that writes it replaces it`);
    }
  }
  for (const path of written) {
    for (const folder of foldersAbove(path)) {
      if (written.has(folder))
        throw new HubInputError(`two operations write the file ${folder} and, below it, ${path}`);
    }
  }
  if (operations.length === 0) throw new HubInputError("a commit without operations would change nothing");
  // A folder takes along what is in it; the Hub would not find that any more.
  return { ...sorted, delete: sorted.delete.filter((path) => !isInDeleted(path, removed)) };
}

/** Whether one of the deletions takes along the folder that a path is in. */
export function isInDeleted(path: string, deletions: ReadonlySet<string>): boolean {
  return foldersAbove(path).some((folder) => deletions.has(`${folder}/`));
}

/** Without their slashes; none for a folder itself, which ends with one. */
function foldersAbove(path: string): string[] {
  const names = path.replace(/\/$/, "").split("/");
  return names.slice(1).map((_, index) => names.slice(0, index + 1).join("/"));
}

/** @throws {HubInputError} when Git could not hold a file at this path. */
export function checkPath(path: string): void {
  const segments = typeof path === "string" ? path.split("/") : [];
  const bad = segments.find(
    (segment) => segment === "" || segment === "." || segment === ".." || /^\.git$/i.test(segment),
  );
  if (bad === undefined && segments.length > 0 && !path.includes("\0")) return;
  throw new HubInputError(
    `${JSON.stringify(path)} is no path of a repository; expected one such as "folder/file.txt", from its top`,
  );
}
