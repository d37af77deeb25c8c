import type { Body, Query, Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../pages.js";
import { isLegacyId, splitRepoId } from "../repo-id.js";
import { listCall, type ListInput } from "../list-input.js";
import { linkedPages } from "../lists.js";
import { Namespace } from "./namespace.js";

/** The three kinds of repositories that share most of their endpoints. */
export type RepoKind = "models" | "datasets" | "spaces";

export interface RepoInput {
  /** `owner/name`. */
  repo: string;
}

export interface RevisionInput extends RepoInput {
  /** A branch, a tag, a commit, or a reference such as `refs/pr/1`. Default `main`. */
  revision?: string | undefined;
}

/** One file or folder of a repository. */
export interface TreeEntry extends Schema<"TreeEntry"> {}
/** The branches, tags and conversions of a repository; pull requests as well where they were asked for. */
export interface GitRefs extends Schema<"GitRefs"> {}
/** One commit in a repository's history. */
export type Commit = Result<"get", `/api/${RepoKind}/{namespace}/{repo}/commits/{rev}`>[number];
export interface RepoSettings extends Schema<"RepoSettingsUpdate"> {}
export interface ResourceGroupSummary extends Schema<"ResourceGroupSummary"> {}
/** The repository as its resource group lists it. */
export interface ResourceGroupRepo extends Extract<
  Result<"post", "/api/models/{namespace}/{repo}/resource-group">,
  { name: string }
> {}

export interface UpdateSettingsInput extends RepoInput, Body<"put", `/api/${RepoKind}/{namespace}/{repo}/settings`> {}

export interface SetResourceGroupInput extends RepoInput {
  /** `null` takes the repository out of its group. */
  resourceGroupId: string | null;
}

export interface ListTreeInput extends RevisionInput, ListInput {
  /** A folder; the whole repository when left out. */
  path?: string | undefined;
  /** Whether to list what is in the folders below as well. */
  recursive?: boolean | undefined;
  /** Adds each entry's last commit and its security scan; pages are then at most 100 entries. */
  expand?: boolean | undefined;
}

export interface ListCommitsInput extends RevisionInput, ListInput {
  /** `formatted` adds title and message as HTML. */
  expand?: "formatted"[] | undefined;
}

export interface GetRefsInput extends RepoInput {
  /** Whether to list the references of pull requests as well. */
  includePullRequests?: boolean | undefined;
}

/** What models, datasets and Spaces have in common, written once. */
export abstract class RepoNamespace extends Namespace {
  abstract readonly kind: RepoKind;

  /**
   * Lists the files and folders of a repository.
   *
   * @throws {HubResponseError} with code `RevisionNotFound` or `EntryNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/tree/%7Brev%7D/%7Bpath%7D
   * @example
   * for await (const entry of hub.models.listTree({ repo: "openai-community/gpt2" })) console.log(entry.path, entry.size);
   */
  listTree({ repo, revision = "main", path, ...input }: ListTreeInput, options?: RequestOptions): Pages<TreeEntry> {
    const call = listCall(input, options, input.expand === true ? 100 : 1000);
    const place = { ...splitRepoId(repo), rev: revision };
    return path === undefined || path === ""
      ? linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/tree/{rev}`, { path: place, ...call })
      : linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/tree/{rev}/{path}`, {
          path: { ...place, path },
          ...call,
        });
  }

  /**
   * Lists the commits that lead to a revision, newest first. A page's `total` counts all of them.
   *
   * @throws {HubResponseError} with code `RevisionNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/commits/%7Brev%7D
   * @example
   * const [latest] = await hub.models.listCommits({ repo: "openai-community/gpt2", limit: 1 }).take();
   */
  listCommits({ repo, revision = "main", ...input }: ListCommitsInput, options?: RequestOptions): Pages<Commit> {
    return linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/commits/{rev}`, {
      path: { ...splitRepoId(repo), rev: revision },
      ...listCall(input, options, 1000),
    });
  }

  /**
   * Returns the branches, tags and conversions of a repository.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/refs
   * @example
   * const { branches } = await hub.models.getRefs({ repo: "openai-community/gpt2" });
   */
  getRefs({ repo, includePullRequests }: GetRefsInput, options?: RequestOptions): Promise<GitRefs> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/refs`, {
      path: splitRepoId(repo),
      query: { include_prs: includePullRequests },
      ...options,
    });
  }

  /**
   * Changes visibility, gating or discussion settings; what is left out keeps its value.
   *
   * @throws {HubResponseError} with code `Forbidden` when the token may not change the repository.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/PUT/api/models/%7Bnamespace%7D/%7Brepo%7D/settings
   * @example
   * await hub.models.updateSettings({ repo: "me/my-model", visibility: "private" });
   */
  updateSettings({ repo, ...settings }: UpdateSettingsInput, options?: RequestOptions): Promise<RepoSettings> {
    return this.transport.json.put(`/api/${this.kind}/{namespace}/{repo}/settings`, {
      path: splitRepoId(repo),
      body: settings,
      ...options,
    });
  }

  /**
   * Returns the resource group of a repository.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/resource-group
   * @example
   * const group = await hub.models.getResourceGroup({ repo: "my-org/my-model" });
   */
  getResourceGroup({ repo }: RepoInput, options?: RequestOptions): Promise<ResourceGroupSummary> {
    return this.transport.json.get(`/api/${this.kind}/{namespace}/{repo}/resource-group`, {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Moves a repository of an organisation into a resource group, or out of the one it is in.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/resource-group
   * @example
   * await hub.models.setResourceGroup({ repo: "my-org/my-model", resourceGroupId: null });
   */
  setResourceGroup({ repo, ...body }: SetResourceGroupInput, options?: RequestOptions): Promise<ResourceGroupRepo> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/resource-group`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /** Reads one repository; the kind of this namespace decides which of the three answers comes. */
  protected async info<Info extends Result<"get", InfoRoute>>(
    { repo, revision, ...query }: RevisionInput & Query<"get", InfoRoute>,
    options: RequestOptions | undefined,
  ): Promise<Info> {
    const { kind, transport } = this;
    // No Space is old enough for an id without an owner.
    if (kind !== "spaces" && isLegacyId(repo)) {
      const call = { query: query as Query<"get", LegacyInfoRoute>, ...options };
      return (await (revision === undefined
        ? transport.json.get(`/api/${kind}/{repo}`, { path: { repo }, ...call })
        : transport.json.get(`/api/${kind}/{repo}/revision/{rev}`, {
            path: { repo, rev: revision },
            ...call,
          }))) as Info;
    }
    const path = splitRepoId(repo);
    return (await (revision === undefined
      ? transport.json.get(`/api/${kind}/{namespace}/{repo}`, { path, query, ...options })
      : transport.json.get(`/api/${kind}/{namespace}/{repo}/revision/{rev}`, {
          path: { ...path, rev: revision },
          query,
          ...options,
        }))) as Info;
  }
}

type InfoRoute = `/api/${RepoKind}/{namespace}/{repo}`;
type LegacyInfoRoute = `/api/${"models" | "datasets"}/{repo}`;
