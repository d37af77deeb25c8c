import type { Query, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";

/** The documentation of one library or service. */
export interface DocsSite extends Item<Result<"get", "/api/docs">> {}
/** A section of a page, as the search by meaning knows it. */
export interface DocsSection extends Item<Result<"get", "/api/docs/search">> {}
/** Sections that hold the words; `_formatted` marks them. */
export interface DocsHits extends Result<"get", "/api/docs/search/full-text"> {}
/** `q` has at most 250 characters, `limit` is at most 25. */
export interface SearchDocsInput extends Query<"get", "/api/docs/search"> {}
/** `q` has at most 250 characters, `limit` is at most 100. */
export interface SearchDocsFullTextInput extends Query<"get", "/api/docs/search/full-text"> {}

/** The documentation that the Hub hosts. */
export class Docs extends Namespace {
  /**
   * Lists what the Hub has documentation of.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/docs/GET/api/docs
   * @example
   * const sites = await hub.docs.list();
   */
  async list(options?: RequestOptions): Promise<DocsSite[]> {
    return this.transport.json.get("/api/docs", { ...options });
  }

  /**
   * Finds the sections that come closest to a question in meaning: 10 of them unless `limit` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/docs/GET/api/docs/search
   * @example
   * const sections = await hub.docs.search({ q: "load a model in 4 bits", product: "transformers" });
   */
  async search(input: SearchDocsInput, options?: RequestOptions): Promise<DocsSection[]> {
    return this.transport.json.get("/api/docs/search", { query: input, ...options });
  }

  /**
   * Finds the sections that hold words: 9 of them unless `limit` says otherwise.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/docs/GET/api/docs/search/full-text
   * @example
   * const { hits } = await hub.docs.searchFullText({ q: "BitsAndBytesConfig", limit: 5 });
   */
  async searchFullText(input: SearchDocsFullTextInput, options?: RequestOptions): Promise<DocsHits> {
    return this.transport.json.get("/api/docs/search/full-text", { query: input, ...options });
  }
}
