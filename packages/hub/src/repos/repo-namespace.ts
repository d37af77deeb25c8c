import { createPr } from "../files/commit/create-pr.js";
import type { CommitInput, CommitResult, CreatedCommit, UploadOptions } from "../files/commit/commit.js";
import { commit } from "../files/on-demand.js";
import { HubInputError } from "../errors.js";
import { listCall } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import { ndjson, ndjsonType } from "../bytes/ndjson.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitReadId, splitRepoId, type RepoInput, type RepoKind, type RevisionInput } from "../inputs/repo-id.js";
import { existing } from "./on-demand.js";
import { readRepo } from "./repo-info.js";
import { GroupedNamespace } from "./grouped-namespace.js";
import type { RepoFiles } from "../files/repo-files.js";
import type {
  CheckAccessInput,
  Commit,
  CompareInput,
  CreateBranchInput,
  CreateCommitInput,
  CreateTagInput,
  DeleteBranchInput,
  DeleteTagInput,
  GetJwtInput,
  GetRefsInput,
  GetRepoInput,
  GitRefs,
  Liker,
  ListedRepo,
  ListCommitsInput,
  ListLikersInput,
  ListReposInput,
  RepoDetails,
  RepoJwt,
  RepoSettings,
  SecurityScan,
  SquashedHistory,
  SuperSquashInput,
  UpdateSettingsInput,
} from "./repo-types.js";

/** What models, datasets and Spaces have in common, written once. */
export abstract class RepoNamespace extends GroupedNamespace {
  protected abstract override readonly kind: RepoKind;
  /** The files of these repositories. */
  abstract readonly files: RepoFiles;

  /** Lists repositories of this kind, the trending ones first unless `sort` says otherwise. */
  abstract list(input?: ListReposInput, options?: RequestOptions): Pages<ListedRepo>;

  /** Returns one repository, at its latest state or at a revision. */
  abstract get(input: GetRepoInput, options?: RequestOptions): Promise<RepoDetails>;

  /**
   * Tells whether there is a repository, and in it the revision if one is named. What is private does not exist for who
   * may not read it; what is gated does.
   *
   * @throws {HubResponseError} for any other refusal, such as that of a token that the Hub does not know.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const isTagged = await hub.models.exists({ repo: "openai-community/gpt2", revision: "v1.0" });
   */
  async exists(input: RevisionInput, options?: RequestOptions): Promise<boolean> {
    return (await existing()).isThere(() =>
      readRepo(this.transport, this.kind, { ...input, expand: ["author"] }, options),
    );
  }

  /**
   * Changes visibility, gating or discussion settings; what is left out keeps its value.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not change the repository.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/PUT/api/models/%7Bnamespace%7D/%7Brepo%7D/settings
   * @example
   * await hub.models.updateSettings({ repo: "me/my-model", visibility: "private" });
   */
  async updateSettings({ repo, ...settings }: UpdateSettingsInput, options?: RequestOptions): Promise<RepoSettings> {
    return this.transport.json.put(`/api/${this.kind}/{namespace}/{repo}/settings`, {
      path: splitRepoId(repo),
      body: settings,
      ...options,
    });
  }

  /**
   * Commits changes to files: adds, deletes, copies and renames them all at once. Large files are uploaded to the Hub's
   * storage first, and none that the branch holds already is sent. A commit whose response is lost is not repeated, since it
   * may have been made.
   *
   * @throws {HubInputError} for a path that no repository can hold, or that two operations write.
   * @throws {HubResponseError} with code `Forbidden`, or `PreconditionFailed` when the branch left `parentCommit`.
   * @remarks Several requests: `files.preupload`, `files.getLfsTransfers`, the storage's own, and `createCommit`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/commit/%7Brev%7D
   * @example
   * await hub.models.commit({
   *   repo: "me/my-model",
   *   title: "Describe the model",
   *   operations: [
   *     { add: "README.md", content: "# My model" },
   *     { rename: "weights.bin", to: "model.bin" },
   *   ],
   * });
   */
  async commit(input: CommitInput, options?: UploadOptions): Promise<CommitResult> {
    return commit(this.transport, this.files, input, options);
  }

  /**
   * Sends the lines of a commit as they are: what `commit` makes of files, for those who have the lines already. A failed
   * commit is not repeated, since it may have been made.
   *
   * @throws {HubResponseError} with code `PreconditionFailed` when the branch is no longer at `parentCommit`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/commit/%7Brev%7D
   * @example
   * const { commitOid } = await hub.models.createCommit({
   *   repo: "me/my-model",
   *   summary: "Describe the model",
   *   operations: [{ key: "file", value: { path: "README.md", content: "# My model" } }],
   * });
   */
  async createCommit(
    { repo, branch = "main", operations, createPullRequest, hotReload, ...header }: CreateCommitInput,
    options?: RequestOptions,
  ): Promise<CreatedCommit> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/commit/{rev}`, {
      path: { ...splitRepoId(repo), rev: branch },
      query: { create_pr: createPr(createPullRequest), hot_reload: hotReload },
      body: ndjson([{ key: "header", value: header }, ...operations]),
      contentType: ndjsonType,
      ...options,
    });
  }

  /**
   * Lists the commits that lead to a revision, newest first. A page's `total` counts all of them.
   *
   * @throws {HubResponseError} with code `RevisionNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/commits/%7Brev%7D
   * @example
   * const [latest] = await hub.models.listCommits({ repo: "openai-community/gpt2", limit: 1 }).toArray();
   */
  listCommits({ repo, revision = "main", ...input }: ListCommitsInput, options?: RequestOptions): Pages<Commit> {
    return linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/commits/{rev}`, {
      path: { ...splitReadId(this.kind, repo), rev: revision },
      ...listCall(input, options, 1000),
    });
  }

  /**
   * Returns what differs between two revisions, as text.
   *
   * @throws {HubResponseError} with code `RevisionNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/compare/%7Bcompare%7D
   * @example
   * const diff = await hub.models.compare({ repo: "openai-community/gpt2", base: "main", head: "refs/pr/1", raw: true });
   */
  async compare({ repo, base, head, ...query }: CompareInput, options?: RequestOptions): Promise<string> {
    return this.transport.text.get(`/api/${this.kind}/{namespace}/{repo}/compare/{compare}`, {
      path: { ...splitReadId(this.kind, repo), compare: between(base, head) },
      query,
      ...options,
    });
  }

  /**
   * Makes one commit of all commits of a branch. What they held besides is gone for good.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/super-squash/%7Brev%7D
   * @example
   * const { commitId } = await hub.models.superSquash({ repo: "me/my-model", message: "First version" });
   */
  async superSquash(
    { repo, branch = "main", ...body }: SuperSquashInput,
    options?: RequestOptions,
  ): Promise<SquashedHistory> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/super-squash/{rev}`, {
      path: { ...splitRepoId(repo), rev: branch },
      body,
      ...options,
    });
  }

  /**
   * Returns the branches, tags and conversions of a repository.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/refs
   * @example
   * const { branches } = await hub.models.getRefs({ repo: "openai-community/gpt2" });
   */
  async getRefs({ repo, includePullRequests, ...query }: GetRefsInput, options?: RequestOptions): Promise<GitRefs> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/refs`, {
      path: splitReadId(this.kind, repo),
      query: { ...query, include_prs: includePullRequests },
      ...options,
    });
  }

  /**
   * Creates a branch.
   *
   * @throws {HubResponseError} with code `Conflict` when it exists already, unless `existOk` or `overwrite` is set.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/branch/%7Brev%7D
   * @example
   * await hub.models.createBranch({ repo: "me/my-model", branch: "fp16", startingPoint: "main" });
   */
  async createBranch({ repo, branch, existOk, ...body }: CreateBranchInput, options?: RequestOptions): Promise<void> {
    const path = splitRepoId(repo);
    const create = (): Promise<void> =>
      this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/branch/{rev}`, {
        path: { ...path, rev: branch },
        body,
        ...options,
      });
    if (existOk !== true) return create();
    return (await existing()).createRef(
      this.transport,
      create,
      { kind: this.kind, path, list: "branches", name: branch },
      options,
    );
  }

  /**
   * Deletes a branch, and with it whatever no other branch or tag holds.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/DELETE/api/models/%7Bnamespace%7D/%7Brepo%7D/branch/%7Brev%7D
   * @example
   * await hub.models.deleteBranch({ repo: "me/my-model", branch: "old" });
   */
  async deleteBranch({ repo, branch, missingOk }: DeleteBranchInput, options?: RequestOptions): Promise<void> {
    const path = { ...splitRepoId(repo), rev: branch };
    const remove = (): Promise<void> =>
      this.transport.empty.delete(`/api/${this.kind}/{namespace}/{repo}/branch/{rev}`, { path, ...options });
    return missingOk === true ? (await existing()).unlessMissing("RevisionNotFound", remove) : remove();
  }

  /**
   * Tags a revision. A `message` makes it an annotated tag.
   *
   * @throws {HubResponseError} with code `Conflict` when the tag exists already, unless `existOk` is set.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/tag/%7Brev%7D
   * @example
   * await hub.models.createTag({ repo: "me/my-model", tag: "v1.0", message: "As published" });
   */
  async createTag(
    { repo, revision = "main", existOk, ...body }: CreateTagInput,
    options?: RequestOptions,
  ): Promise<void> {
    const path = splitRepoId(repo);
    const create = (): Promise<void> =>
      this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/tag/{rev}`, {
        path: { ...path, rev: revision },
        body,
        ...options,
      });
    if (existOk !== true) return create();
    return (await existing()).createRef(
      this.transport,
      create,
      { kind: this.kind, path, list: "tags", name: body.tag },
      options,
    );
  }

  /**
   * Deletes a tag; the commit stays.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/DELETE/api/models/%7Bnamespace%7D/%7Brepo%7D/tag/%7Brev%7D
   * @example
   * await hub.models.deleteTag({ repo: "me/my-model", tag: "v0.1" });
   */
  async deleteTag({ repo, tag, missingOk }: DeleteTagInput, options?: RequestOptions): Promise<void> {
    const path = { ...splitRepoId(repo), rev: tag };
    const remove = (): Promise<void> =>
      this.transport.empty.delete(`/api/${this.kind}/{namespace}/{repo}/tag/{rev}`, { path, ...options });
    return missingOk === true ? (await existing()).unlessMissing("RevisionNotFound", remove) : remove();
  }

  /**
   * Likes a repository. Since January 2025 the Hub refuses this to tokens: likes come from people, by its own pages.
   *
   * @deprecated The Hub takes likes from browsers alone; a call with a token is refused.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.models.like({ repo: "openai-community/gpt2" });
   */
  async like({ repo }: RepoInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/like`, {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Takes a like back.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.models.unlike({ repo: "openai-community/gpt2" });
   */
  async unlike({ repo }: RepoInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete(`/api/${this.kind}/{namespace}/{repo}/like`, {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Lists the users who like a repository. The Hub sends them all in one response, which may be large.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const likers = await hub.models.listLikers({ repo: "openai-community/gpt2" }).take(10);
   */
  listLikers({ repo, limit }: ListLikersInput, options?: RequestOptions): Pages<Liker> {
    return linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/likers`, {
      path: splitReadId(this.kind, repo),
      limit,
      ...options,
    });
  }

  /**
   * Checks that the token may read a repository with its files, or write to it; rejects when it may not.
   *
   * @throws {HubResponseError} with code `GatedRepo`, `RepoNotFound`, `Forbidden`, or `NotFoundOrPrivate` without a token.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.models.checkAccess({ repo: "meta-llama/Llama-3.1-8B" });
   */
  async checkAccess({ repo, perms = "read" }: CheckAccessInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.get(
      perms === "write"
        ? `/api/${this.kind}/{namespace}/{repo}/auth-check/write`
        : `/api/${this.kind}/{namespace}/{repo}/auth-check`,
      { path: splitReadId(this.kind, repo), ...options },
    );
  }

  /**
   * Returns a short-lived token that is good for one repository only: for a part of an app that shall not hold your own.
   * With `write`, it opens a Space in dev mode.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/jwt
   * @example
   * const { token } = await hub.models.getJwt({ repo: "me/my-model", expires_in: 600 });
   */
  async getJwt({ repo, ...query }: GetJwtInput, options?: RequestOptions): Promise<RepoJwt> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/jwt`, {
      path: splitRepoId(repo),
      query,
      ...options,
    });
  }

  /**
   * Returns what the Hub's scanners found in the files of a repository.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/scan
   * @example
   * const { filesWithIssues } = await hub.models.getSecurityScan({ repo: "openai-community/gpt2" });
   */
  async getSecurityScan({ repo }: RepoInput, options?: RequestOptions): Promise<SecurityScan> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/scan`, {
      path: splitReadId(this.kind, repo),
      ...options,
    });
  }
}

/** What lies between two revisions, as Git names it. */
function between(base: string, head: string): string {
  if (base === "" || head === "") throw new HubInputError(`${base === "" ? "base" : "head"} is empty`);
  return `${base}..${head}`;
}
