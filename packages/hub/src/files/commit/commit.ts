import { runCallback } from "../../async/run-callback.js";
import { ownFields } from "../../inputs/own-fields.js";
import { commitBody, type DraftLine, type NamedBlob } from "./commit-body.js";
import { planAdditions, planCopies, type Addition } from "./commit-plan.js";
import { sleep } from "../../async/abortable.js";
import { HubError, HubInputError, HubResponseError } from "../../errors.js";
import { createPr } from "./create-pr.js";
import { blobOf, gitObjectId, sha256Of } from "../file-content.js";
import { isInDeleted, sortOperations, type FileOperation, type SortedOperations } from "./file-operation.js";
import { uploadLargeFiles, type AskForTransfers, type LargeFile } from "./large-files.js";
import type { RepoCalls } from "./repo-calls.js";
import type { Result } from "@hf-api/raw";
import { ndjsonType } from "../../bytes/ndjson.js";
import type { RequestOptions } from "../../options.js";
import { splitRepoId, type RepoInput } from "../../inputs/repo-id.js";
import { inBulk } from "../../transport/calls.js";
import { backOff } from "../../transport/retry.js";
import type { Transport } from "../../transport/transport.js";
import { validateReadme } from "./validate-readme.js";

/** The new commit; with `pullRequestUrl` where it made a pull request. */
export interface CreatedCommit extends Result<"post", "/api/models/{namespace}/{repo}/commit/{rev}"> {}

/** Where a commit goes, and what it says of itself. */
export interface CommitTarget extends RepoInput {
  /** A branch, or a pull request such as `refs/pr/1`. Default `main`. */
  branch?: string | undefined;
  /** More than the title says; Markdown. */
  description?: string | undefined;
  /**
   * The commit fails with code `PreconditionFailed` unless the branch is still at this one; 40 hexadecimal digits. Without
   * it, a commit that another one overtook is made again on the new head, up to `retries` times.
   */
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
  return await transport.withDeadline(inBulk(options), async (all) => {
    const { repo, title, parentCommit } = ownFields(input);
    // What is wrong with the input shows before anything is sent.
    splitRepoId(repo);
    if (typeof title !== "string" || title.trim() === "") throw new HubInputError("title is empty; a commit needs one");
    const operations = sortOperations(input.operations);
    const contents: NamedBlob[] = [];
    for (const { add, content } of operations.add) {
      contents.push({ path: add, blob: await blobOf(transport, add, content, all) });
    }
    const work: Work = { transport, files, input, operations, contents, hashes: new Map(), uploaded: new Set() };
    const retries = options.retries ?? transport.retries;
    try {
      for (let attempt = 1; ; attempt += 1) {
        try {
          return await commitOnce(work, all, onProgress);
        } catch (error) {
          // Somebody else's commit came in between, and the Hub did nothing.
          const isLate = error instanceof HubResponseError && error.status === 412 && parentCommit === undefined;
          if (!isLate || attempt > retries) throw error;
          await sleep(backOff(attempt), all.signal);
        }
      }
    } catch (error) {
      throw await namingFile(error, contents);
    }
  });
}

/** A commit, and what is known of its files: they are hashed and uploaded once, however often the branch moves. */
interface Work {
  transport: Transport;
  files: RepoCalls;
  input: CommitInput;
  operations: SortedOperations;
  contents: readonly NamedBlob[];
  /** The SHA-256 of large files. */
  hashes: Map<Blob, string>;
  /** By their SHA-256. */
  uploaded: Set<string>;
}

/** Runtimes do not say which local file it was that they could not read. */
async function namingFile(error: unknown, contents: readonly NamedBlob[]): Promise<unknown> {
  if (!(error instanceof DOMException) || error.name !== "NotReadableError") return error;
  let name = "a file to upload";
  for (const { path, blob } of contents) {
    await blob
      .slice(0, 1)
      .arrayBuffer()
      .catch(() => (name = path));
  }
  return new HubError(`${name} cannot be read any more; it was changed or removed meanwhile`, { cause: error });
}

async function commitOnce(
  work: Work,
  options: RequestOptions,
  onProgress: UploadOptions["onProgress"],
): Promise<CommitResult> {
  const { transport, files, operations, uploaded } = work;
  const { repo, branch = "main", title, description, parentCommit, createPullRequest } = ownFields(work.input);
  const asked = { repo, revision: branch, createPullRequest };
  const plan = await planAdditions(files, asked, work.contents, options);
  const { ignored, head, repo: found, url } = plan;
  // A pull request may begin anywhere in the history.
  if (
    head !== undefined &&
    parentCommit !== undefined &&
    createPullRequest !== true &&
    !head.startsWith(parentCommit)
  ) {
    const serverMessage = `${branch} is at ${head}, and no longer at the parentCommit ${parentCommit}`;
    throw new HubResponseError({ status: 412, code: "PreconditionFailed", method: "POST", url, serverMessage });
  }
  // A large commit is not sent twice, so it has to know where the repository is by now.
  const target = { ...asked, repo: found };
  const { small, large, unchanged } = await compare(plan.additions, work, options, onProgress);
  const copies = await planCopies(files, target, operations.copy, options);
  // The Hub takes the lines in turn: what is renamed or replaced must be gone before something else takes its place.
  const changes: DraftLine[] = [...operations.delete.map(deleteLine), ...small, ...large.map(lfsLine), ...copies];
  if (changes.length === 0 && head?.startsWith(parentCommit ?? "") === true) {
    return { commitOid: head, commitUrl: undefined, pullRequestUrl: undefined, unchanged, ignored };
  }

  const missing = large.filter(({ sha256 }) => !uploaded.has(sha256));
  const readme = small.find(({ path }) => path === "README.md");
  if (readme !== undefined && missing.length > 0) await validateReadme(transport, files.kind, readme.blob, options);
  const ask: AskForTransfers = (wanted) => files.getLfsTransfers({ ...target, ...wanted }, options);
  await uploadLargeFiles(transport, ask, missing, options, reporter("uploading", missing, onProgress));
  for (const { sha256 } of missing) uploaded.add(sha256);
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
  { operations, hashes }: Work,
  { signal }: RequestOptions,
  onProgress: UploadOptions["onProgress"],
): Promise<Compared> {
  const compared: Compared = { small: [], large: [], unchanged: [] };
  const deleted = new Set(operations.delete);
  const large = additions.filter(({ isLarge, blob }) => isLarge && !hashes.has(blob));
  const hashed = reporter("hashing", large, onProgress);
  for (const { path, blob, isLarge, oid } of additions) {
    const kept = deleted.has(path) || isInDeleted(path, deleted) ? undefined : oid;
    if (isLarge) {
      const sha256 = hashes.get(blob) ?? (await sha256Of(blob, signal, (bytes) => hashed(path, bytes)));
      hashes.set(blob, sha256);
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
