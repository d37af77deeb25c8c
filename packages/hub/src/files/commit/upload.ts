import { untilAborted } from "../../async/abortable.js";
import { commit, type CommitResult, type CommitTarget, type UploadOptions } from "./commit.js";
import { HubInputError } from "../../errors.js";
import type { FileContent } from "../file-content.js";
import { withoutSlash } from "../../inputs/folder-path.js";
import type { AddFile } from "./file-operation.js";
import type { RepoCalls } from "./repo-calls.js";
import { inBulk } from "../../transport/calls.js";
import type { Transport } from "../../transport/transport.js";

interface UploadTarget extends CommitTarget {
  /** The first line of the commit's message. Default: says what is uploaded. */
  title?: string | undefined;
}

/** One file. */
export interface UploadFileInput extends UploadTarget {
  /** Where in the repository. */
  path: string;
  content: FileContent;
  files?: undefined;
}

/** A file of many. */
export interface FileToUpload {
  /** Below the `path` of the upload. */
  path: string;
  content: FileContent;
}

/** Many files; those of a folder on the disk come from `localFolder` of `@hf-api/hub/node`. */
export interface UploadFilesInput extends UploadTarget {
  files: Iterable<FileToUpload> | AsyncIterable<FileToUpload>;
  /** The folder of the repository to put them in. Default: its top. */
  path?: string | undefined;
  content?: undefined;
}

export type UploadInput = UploadFileInput | UploadFilesInput;

/** Commits files without anything else. */
export async function upload(
  transport: Transport,
  repoFiles: RepoCalls,
  { path, content, files, title, ...target }: UploadInput,
  { onProgress, ...options }: UploadOptions = {},
): Promise<CommitResult> {
  return await transport.withDeadline(inBulk(options), async (all) => {
    const operations: AddFile[] = [];
    if (files === undefined) {
      operations.push({ add: path, content });
    } else {
      const folder = path === undefined || path === "" ? "" : `${withoutSlash(path)}/`;
      for await (const file of untilAborted(files, all.signal)) {
        operations.push({ add: `${folder}${file.path}`, content: file.content });
      }
      if (operations.length === 0) throw new HubInputError("there are no files to upload");
    }
    const [first] = operations;
    const saying = operations.length === 1 ? `Upload ${first?.add}` : `Upload ${operations.length} files`;
    return commit(transport, repoFiles, { ...target, title: title ?? saying, operations }, { ...all, onProgress });
  });
}
