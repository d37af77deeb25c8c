import type { Query, Result, Schema } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** A model that many look at. */
export interface TrendingModel extends Schema<"TrendingModel"> {}
/** A dataset that many look at. */
export interface TrendingDataset extends Schema<"TrendingDataset"> {}
/** A Space that many look at. */
export interface TrendingSpace extends Schema<"TrendingSpace"> {}
/** A repository that many look at; `repoType` tells the kinds apart. */
export type TrendingRepo = TrendingModel | TrendingDataset | TrendingSpace;
/** What trends now, most of all first. */
export interface Trending extends Result<"get", "/api/trending"> {}
/** `limit` is at most 20. */
export interface GetTrendingInput extends Query<"get", "/api/trending"> {}
/** The first matches of each kind, and how many there are. */
export interface QuickSearchResults extends Schema<"QuickSearchResults"> {}

/** `q` is the beginning of a name; `limit` is at most 20, for each kind. */
export interface QuickSearchInput extends Omit<QuickSearchQuery, "includeInvitees"> {
  includeInvitees?: boolean | undefined;
}

type QuickSearchQuery = Query<"get", "/api/quicksearch">;

/** Whatever is on the Hub, of all kinds at once. */
export class Search extends Namespace {
  /**
   * Returns the models, datasets and Spaces that trend now: 10 of them unless `limit` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/trending
   * @example
   * const { recentlyTrending } = await hub.search.getTrending({ type: "dataset" });
   */
  async getTrending(input: GetTrendingInput = {}, options?: RequestOptions): Promise<Trending> {
    return this.transport.json.get("/api/trending", { query: input, ...options });
  }

  /**
   * Finds repositories, people, organisations, papers and collections by what someone begins to type. A search that is
   * too long for an address, say by what it excludes, goes as a POST.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repo-search/GET/api/quicksearch
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repo-search/POST/api/quicksearch
   * @example
   * const { models, users } = await hub.search.quick({ q: "bert", type: ["model", "user"], limit: 5 });
   */
  async quick(input: QuickSearchInput, options?: RequestOptions): Promise<QuickSearchResults> {
    return isLong(input)
      ? this.transport.json.post("/api/quicksearch", {
          body: { ...input, exclude: input.exclude ?? [] },
          idempotent: true,
          ...options,
        })
      : this.transport.json.get("/api/quicksearch", { query: input, ...options });
  }
}

/** Every server takes addresses of 2,000 characters, and not every one takes longer ones. */
const isLong = (input: QuickSearchInput): boolean => encodeURIComponent(JSON.stringify(input)).length > 2000;
