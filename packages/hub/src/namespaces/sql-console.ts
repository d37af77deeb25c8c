import type { Body, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { splitRepoId } from "../inputs/repo-id.js";
import { Namespace } from "../namespace.js";

type EmbedsRoute = "/api/{repoType}/{namespace}/{repo}/sql-console/embed";
type EmbedRoute = `${EmbedsRoute}/{id}`;

/** A saved query on a dataset, for other pages to show. */
export interface SqlConsoleEmbed extends Result<"post", EmbedsRoute> {}

/** `views` are the tables that the query may name. */
export interface CreateSqlConsoleEmbedInput extends Body<"post", EmbedsRoute> {
  /** The dataset, as `owner/name`. */
  repo: string;
}

export interface SqlConsoleEmbedInput {
  /** The dataset, as `owner/name`. */
  repo: string;
  embedId: string;
}

export interface UpdateSqlConsoleEmbedInput extends SqlConsoleEmbedInput, Body<"patch", EmbedRoute> {}

/** SQL queries on datasets, kept for other pages to embed. */
export class SqlConsole extends Namespace {
  /**
   * Saves a query on a dataset. Everyone can see it unless it is `private`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/sql-console/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/sql-console/embed
   * @example
   * const { slug } = await hub.sqlConsole.createEmbed({
   *   repo: "rajpurkar/squad",
   *   title: "Questions by length",
   *   sql: "SELECT length(question) AS size, count(*) FROM train GROUP BY size",
   *   views: [{ key: "plain_text/train", displayName: "train", viewName: "train" }],
   * });
   */
  async createEmbed({ repo, ...body }: CreateSqlConsoleEmbedInput, options?: RequestOptions): Promise<SqlConsoleEmbed> {
    return this.transport.json.post("/api/{repoType}/{namespace}/{repo}/sql-console/embed", {
      path: { repoType: "datasets", ...splitRepoId(repo) },
      body,
      ...options,
    });
  }

  /**
   * Changes a saved query, its title or who can see it; what is left out keeps its value.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/sql-console/PATCH/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/sql-console/embed/%7Bid%7D
   * @example
   * await hub.sqlConsole.updateEmbed({ repo: "rajpurkar/squad", embedId: "66e3d1f29b1e4a0012345678", private: true });
   */
  async updateEmbed(
    { repo, embedId, ...body }: UpdateSqlConsoleEmbedInput,
    options?: RequestOptions,
  ): Promise<SqlConsoleEmbed> {
    return this.transport.json.patch("/api/{repoType}/{namespace}/{repo}/sql-console/embed/{id}", {
      path: { repoType: "datasets", ...splitRepoId(repo), id: embedId },
      body,
      ...options,
    });
  }

  /**
   * Deletes a saved query; pages that embed it show nothing any more.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/sql-console/DELETE/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/sql-console/embed/%7Bid%7D
   * @example
   * await hub.sqlConsole.deleteEmbed({ repo: "rajpurkar/squad", embedId: "66e3d1f29b1e4a0012345678" });
   */
  async deleteEmbed({ repo, embedId }: SqlConsoleEmbedInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.delete("/api/{repoType}/{namespace}/{repo}/sql-console/embed/{id}", {
      path: { repoType: "datasets", ...splitRepoId(repo), id: embedId },
      ...options,
    });
  }
}
