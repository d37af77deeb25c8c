import type { Query, Schema } from "@hf-api/raw";
import type { DownloadOptions } from "./download/download.js";
import { download } from "./on-demand.js";
import type { HubFile } from "./download/hub-file.js";
import { withoutSlash } from "../inputs/folder-path.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { pagesOf, splitReadId, type RepoKind, type RevisionInput } from "../inputs/repo-id.js";
import type { DownloadInput, FileInput } from "./file-input.js";
import { XetFiles } from "./xet-files.js";

export type { DownloadInput, FileInput } from "./file-input.js";

/** One file or folder of a repository. */
export interface TreeEntry extends Schema<"TreeEntry"> {}

/** Which folder at which revision, and how much to return of each entry. */
export interface ListTreeInput
  extends
    RevisionInput,
    Omit<Query<"get", "/api/models/{namespace}/{repo}/tree/{rev}/{path}">, keyof ListInput | "cursor">,
    ListInput {
  /** A folder; the whole repository when left out. */
  path?: string | undefined;
  /** Whether to list what is in the folders below as well. */
  recursive?: boolean | undefined;
  /** Adds each entry's last commit and its security scan; pages are then at most 100 entries. */
  expand?: boolean | undefined;
}

/** Files that every revision of a repository has its own of. */
export class RevisionFiles extends XetFiles {
  declare readonly kind: RepoKind | "kernels";

  /**
   * Lists the files and folders of a repository.
   *
   * @throws {HubResponseError} with code `RevisionNotFound` or `EntryNotFound`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/tree/%7Brev%7D/%7Bpath%7D
   * @example
   * for await (const entry of hub.models.files.list({ repo: "openai-community/gpt2" })) console.log(entry.path, entry.size);
   */
  list({ repo, revision = "main", path, ...input }: ListTreeInput, options?: RequestOptions): Pages<TreeEntry> {
    const call = listCall(input, options, input.expand === true ? 100 : 1000);
    const place = { ...splitReadId(this.kind, repo), rev: revision };
    const folder = withoutSlash(path);
    return folder === ""
      ? linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/tree/{rev}`, { path: place, ...call })
      : linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/tree/{rev}/{path}`, {
          path: { ...place, path: folder },
          ...call,
        });
  }

  /**
   * Returns the URL of a file, for a link or an `<img>`. Makes no request. The Hub redirects it to the bytes; those of a
   * private or gated repository need the token as well.
   *
   * @throws {HubInputError} for an id or a path that no URL can hold.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/%7Bnamespace%7D/%7Brepo%7D/resolve/%7Brev%7D/%7Bpath%7D
   * @example
   * const url = hub.models.files.url({ repo: "openai-community/gpt2", path: "config.json" });
   * console.log(url); // https://huggingface.co/openai-community/gpt2/resolve/main/config.json
   */
  url({ repo, revision = "main", path }: FileInput): string {
    const route = `${pagesOf[this.kind]}/{namespace}/{repo}/resolve/{rev}/{path}`;
    return this.transport.url(route, { ...splitReadId(this.kind, repo), rev: revision, path });
  }

  /**
   * Downloads a file, whole or in part: returns at once what is known of it, with its bytes as a stream. When the
   * connection breaks, the stream goes on where it ended, at the same commit. Read or close it, else its connection stays
   * open.
   *
   * @throws {HubResponseError} with code `EntryNotFound`, `RevisionNotFound`, `GatedRepo`, or status 416 for a range
   * beyond the file's end.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/%7Bnamespace%7D/%7Brepo%7D/resolve/%7Brev%7D/%7Bpath%7D
   * @example
   * const file = await hub.models.files.download({ repo: "openai-community/gpt2", path: "config.json" });
   * console.log(file.size, await file.text());
   */
  async download({ repo, revision = "main", path, range }: DownloadInput, options?: DownloadOptions): Promise<HubFile> {
    const place = splitReadId(this.kind, repo);
    const open = (request: RequestOptions | undefined, rev: string = revision) =>
      this.transport.open(`${pagesOf[this.kind]}/{namespace}/{repo}/resolve/{rev}/{path}`, {
        path: { ...place, rev, path },
        ...request,
      });
    return download(open, options, range, revision);
  }
}
