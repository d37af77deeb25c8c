import type { Query, Result, Schema } from "@hf-api/raw";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitRepoId, type RevisionInput } from "../inputs/repo-id.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";
import { RevisionFiles } from "../files/revision-files.js";

/** A kernel with its files and what it runs on. */
export interface KernelInfo extends Result<"get", "/api/kernels/{namespace}/{repo}"> {}
/** What a kernel was built with, and which machines it runs on. */
export interface KernelBuildMetadata extends Schema<"KernelBuildMetadata"> {}
/** A kernel of a list: only what `expand` named, or what the list tells by itself. */
export interface KernelListItem extends Item<Result<"get", "/api/kernels">> {}
/** Filters narrow the list together; `expand` and `full` say how much is returned of each kernel. */
export interface ListKernelsInput extends Omit<Query<"get", "/api/kernels">, keyof ListInput | "cursor">, ListInput {}

/** Kernels: compiled code for accelerators, kept in repositories. */
export class Kernels extends Namespace {
  /** The files of kernels. */
  readonly files: RevisionFiles = new RevisionFiles(this.transport, "kernels");

  /**
   * Lists kernels. `full` adds their files, owners and latest commits; `expand` narrows the response to what it names.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/kernels/GET/api/kernels
   * @example
   * const kernels = await hub.kernels.list({ author: "kernels-community", sort: "downloads", limit: 20 }).toArray();
   */
  list(input: ListKernelsInput = {}, options?: RequestOptions): Pages<KernelListItem> {
    return linkedPages(this.transport, "/api/kernels", listCall(input, options, 1000));
  }

  /**
   * Returns one kernel, at its latest state or at a revision.
   *
   * @throws {HubResponseError} with code `RepoNotFound` or `RevisionNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/kernels/GET/api/kernels/%7Bnamespace%7D/%7Brepo%7D
   * @example
   * const kernel = await hub.kernels.get({ repo: "kernels-community/activation" });
   */
  async get({ repo, revision }: RevisionInput, options?: RequestOptions): Promise<KernelInfo> {
    const path = splitRepoId(repo);
    return revision === undefined
      ? this.transport.json.get("/api/kernels/{namespace}/{repo}", { path, ...options })
      : this.transport.json.get("/api/kernels/{namespace}/{repo}/revision/{rev}", {
          path: { ...path, rev: revision },
          ...options,
        });
  }
}
