import { runCallback } from "../../async/run-callback.js";
import { ownFields } from "../../inputs/own-fields.js";
import { commitBody, type DraftLine, type NamedBlob } from "./commit-body.js";
import { planAdditions, planCopies, type Addition } from "./commit-plan.js";
import { HubError, HubInputError } from "../../errors.js";
import { createPr } from "./create-pr.js";
import { blobOf, gitObjectId, sha256Of } from "../file-content.js";
import { isInDeleted, sortOperations, type FileOperation } from "./file-operation.js";
import { uploadLargeFiles, type AskForTransfers, type LargeFile } from "./large-files.js";
import type { RepoCalls } from "./repo-calls.js";
import type { Result } from "@hf-api/raw";
import { ndjsonType } from "../../bytes/ndjson.js";
import type { RequestOptions } from "../../options.js";
import { splitRepoId, type RepoInput } from "../../inputs/repo-id.js";
import { inBulk } from "../../transport/calls.js";
import type { Transport } from "../../transport/transport.js";

/** The new commit; with `pullRequestUrl` where it made a pull request. */
export interface CreatedCommit extends Result<"post", "/api/models/{namespace}/{repo}/commit/{rev}"> {}

/** Where a commit goes, and what it says of itself. */
export interface CommitTarget extends RepoInput {
  /** A branch, or a pull request such as `refs/pr/1`. Default `main`. */
  branch?: string | undefined;
  /** More than the title says; Markdown. */
  description?: string | undefined;
  /** The commit fails unless the branch is still at this one; 40 hexadecimal digits. */
  parentCommit?: string | undefined;
  /** Whether to open a pull request with the commit, rather than to add it to the branch. */
  createPullRequest?: boolean | undefined;
}

export interface CommitInput extends CommitTarget {
  /** The first line of the commit's message. */
  title: string;
  operations: readonly FileOperation[];
}

/** What became of a commit. */
export interface CommitResult {
  /** Where the branch, or the pull request, is now. */
  commitOid: string;
  /** The new commit's page; undefined when no commit was made, because the Hub had it all already. */
  commitUrl: string | undefined;
  /** The page of the new pull request. */
  pullRequestUrl: string | undefined;
  /** Files that the branch holds already, with the same bytes. They were not sent. */
  unchanged: string[];
  /** Files that the repository's `.gitignore` rules out. They were not sent. */
  ignored: string[];
}

/** How far a commit is, in bytes of the files of a state. */
export interface UploadProgress {
  /** Large files are hashed, then uploaded; small ones go with the commit. */
  state: "hashing" | "uploading" | "committing";
  /** The file that moved last. */
  path: string;
  loaded: number;
  total: number;
}

export interface UploadOptions extends RequestOptions {
  onProgress?: ((progress: UploadProgress) => void) | undefined;
}

/** Uploads what is large and new, then commits everything at once. */
export async function commit(
  transport: Transport,
  files: RepoCalls,
  input: CommitInput,
  { onProgress, ...options }: UploadOptions = {},
): Promise<CommitResult> {
  return await transport.asOneCall(inBulk(options), async (all) => {
    try {
      return await commitAll(transport, files, input, all, onProgress);
    } catch (error) {
      if (!(error instanceof DOMException) || error.name !== "NotReadableError") throw error;
      throw new HubError("a file to upload cannot be read any more; it was changed or removed meanwhile", {
        cause: error,
      });
    }
  });
}

async function commitAll(
  transport: Transport,
  files: RepoCalls,
  input: CommitInput,
  options: RequestOptions,
  onProgress: UploadOptions["onProgress"],
): Promise<CommitResult> {
  const { repo, branch = "main", title, description, parentCommit, createPullRequest } = ownFields(input);
  // What is wrong with the input shows before anything is sent.
  splitRepoId(repo);
  if (typeof title !== "string" || title.trim() === "") throw new HubInputError("title is empty; a commit needs one");
  const operations = sortOperations(input.operations);
  const contents: NamedBlob[] = [];
  for (const { add, content } of operations.add) {
    contents.push({ path: add, blob: await blobOf(transport, add, content, options) });
  }

  const asked = { repo, revision: branch, createPullRequest };
  const { additions, ignored, head, repo: found } = await planAdditions(files, asked, contents, options);
  // A large commit is not sent twice, so it has to know where the repository is by now.
  const target = { ...asked, repo: found };
  const { small, large, unchanged } = await compare(additions, operations.delete, options, onProgress);
  const copies = await planCopies(files, target, operations.copy, options);
  // The Hub takes the lines in turn: what is renamed or replaced must be gone before something else takes its place.
  const changes: DraftLine[] = [...operations.delete.map(deleteLine), ...small, ...large.map(lfsLine), ...copies];
  // With another parent than the branch, the Hub is asked all the same, and refuses.
  if (changes.length === 0 && head !== undefined && (parentCommit ?? head) === head) {
    return { commitOid: head, commitUrl: undefined, pullRequestUrl: undefined, unchanged, ignored };
  }

  const ask: AskForTransfers = (wanted) => files.getLfsTransfers({ ...target, ...wanted }, options);
  await uploadLargeFiles(transport, ask, large, options, reporter("uploading", large, onProgress));
  const header: DraftLine = {
    key: "header",
    value: {
      summary: title,
      ...(description === undefined ? {} : { description }),
      ...(parentCommit === undefined ? {} : { parentCommit }),
    },
  };
  const made: CreatedCommit | null = await transport.json.post(`/api/${files.kind}/{namespace}/{repo}/commit/{rev}`, {
    path: { ...splitRepoId(found), rev: branch },
    query: { create_pr: createPr(createPullRequest) },
    // The route takes text; a stream of it is the same on the wire.
    body: (await commitBody([header, ...changes])) as string,
    contentType: ndjsonType,
    ifLost:
      `the commit may have been made nevertheless: look for "${title}" with ` +
      (createPullRequest === true ? "discussions.list()" : `listCommits() of ${branch}`),
    ...options,
  });
  if (typeof made?.commitOid !== "string") {
    throw new HubError(`the Hub does not say which commit it made of "${title}"; look at ${branch} of ${found}`);
  }
  const committed = reporter("committing", small, onProgress);
  for (const file of small) committed(file.path, file.blob.size);
  const { commitOid, commitUrl, pullRequestUrl } = made;
  return { commitOid, commitUrl, pullRequestUrl, unchanged, ignored };
}

interface Compared {
  small: NamedBlob[];
  large: LargeFile[];
  unchanged: string[];
}

/** Sets apart what the branch holds already, and will not lose by a deletion of the same commit. */
async function compare(
  additions: readonly Addition[],
  deletions: readonly string[],
  { signal }: RequestOptions,
  onProgress: UploadOptions["onProgress"],
): Promise<Compared> {
  const compared: Compared = { small: [], large: [], unchanged: [] };
  const deleted = new Set(deletions);
  const large = additions.filter(({ isLarge }) => isLarge);
  const hashed = reporter("hashing", large, onProgress);
  for (const { path, blob, isLarge, oid } of additions) {
    const kept = deleted.has(path) || isInDeleted(path, deleted) ? undefined : oid;
    if (isLarge) {
      const sha256 = await sha256Of(blob, signal, (bytes) => hashed(path, bytes));
      if (sha256 === kept) compared.unchanged.push(path);
      else compared.large.push({ path, blob, sha256 });
    } else if (kept !== undefined && kept === (await gitObjectId(blob))) {
      compared.unchanged.push(path);
    } else {
      compared.small.push({ path, blob });
    }
  }
  return compared;
}

const lfsLine = ({ path, blob, sha256 }: LargeFile): DraftLine => ({
  key: "lfsFile",
  value: { path, algo: "sha256", oid: sha256, size: blob.size },
});

const deleteLine = (path: string): DraftLine => ({
  key: path.endsWith("/") ? "deletedFolder" : "deletedFile",
  value: { path },
});

/** Adds up the bytes of one state over its files. */
function reporter(
  state: UploadProgress["state"],
  files: readonly NamedBlob[],
  onProgress: UploadOptions["onProgress"],
): (path: string, bytes: number) => void {
  const total = files.reduce((sum, { blob }) => sum + blob.size, 0);
  let loaded = 0;
  return (path, bytes) => {
    loaded += bytes;
    runCallback(onProgress, { state, path, loaded, total });
  };
}
