import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { count } from "../inputs/numbers.js";
import { isoDay, isoMonth, isoWeek, type DateInput } from "../inputs/dates.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages, numberedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import type { Comment, CommentInput, ReplyInput } from "./comment.js";
import type { Item } from "../lists/item.js";
import { Namespace } from "../namespace.js";

export interface PaperInput {
  /** The paper's arXiv id, such as `2311.12983`. */
  paperId: string;
}

/** A paper with its authors and abstract, as lists show it. */
export interface PaperListItem extends Item<Result<"get", "/api/papers">> {}
/** A paper of the day, with who submitted it. */
export interface DailyPaper extends Item<Result<"get", "/api/daily_papers">> {}
/** A paper that fits the words, which the `highlighted` fields mark. */
export interface PaperSearchResult extends Schema<"PaperSearchResult"> {}
/** A paper with all that is known of it; its comments as well, where they were requested. */
export interface Paper extends Result<"get", "/api/papers/{paperId}"> {}
/** The repositories that cite a paper. */
export interface PaperRepos extends Result<"get", "/api/arxiv/{arxivId}/repos"> {}
export interface PaperClaim extends Result<"post", "/api/settings/papers/claim"> {}

type DailyQuery = Query<"get", "/api/daily_papers">;

/** A day, a week or a month; without any, all days, the latest first. */
export interface ListDailyPapersInput extends Omit<DailyQuery, keyof ListInput | "date" | "week" | "month">, ListInput {
  /** The page to begin with, from 0, of `pageSize` papers each. */
  p?: number | undefined;
  /** A day: a Date, in UTC, or `YYYY-MM-DD`. */
  date?: DateInput | undefined;
  /** A week: any moment in it, in UTC, or `YYYY-Www`. */
  week?: DateInput | undefined;
  /** A month: any moment in it, in UTC, or `YYYY-MM`. */
  month?: DateInput | undefined;
}

export interface ListPapersInput extends Omit<Query<"get", "/api/papers">, keyof ListInput | "cursor">, ListInput {}
export interface SearchPapersInput extends Query<"get", "/api/papers/search"> {}
export interface GetPaperInput extends PaperInput, Query<"get", "/api/papers/{paperId}"> {}
export interface UpdatePaperLinksInput extends PaperInput, Body<"post", "/api/papers/{paperId}/links"> {}
export interface IndexPaperInput extends PaperInput, Omit<Body<"post", "/api/papers/index">, "arxivId"> {}
export interface CommentOnPaperInput extends PaperInput, CommentInput, Body<"post", "/api/papers/{paperId}/comment"> {}
export interface ReplyOnPaperInput
  extends PaperInput, ReplyInput, Body<"post", "/api/papers/{paperId}/comment/{commentId}/reply"> {}
export interface ClaimAuthorshipInput extends Body<"post", "/api/settings/papers/claim"> {}

/** Papers of arXiv, as the Hub knows them. */
export class Papers extends Namespace {
  /**
   * Lists the papers that the Hub knows, the latest publication first.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/GET/api/papers
   * @example
   * const papers = await hub.papers.list({ limit: 20 }).toArray();
   */
  list(input: ListPapersInput = {}, options?: RequestOptions): Pages<PaperListItem> {
    return linkedPages(this.transport, "/api/papers", listCall(input, options, 100));
  }

  /**
   * Lists the papers that the community picked, of one day, week or month, or of all days with the latest first.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/GET/api/daily_papers
   * @example
   * for await (const { paper } of hub.papers.listDaily({ date: new Date("2026-01-15") })) console.log(paper.title);
   */
  listDaily(
    { date, week, month, p, ...input }: ListDailyPapersInput = {},
    options?: RequestOptions,
  ): Pages<DailyPaper> {
    const days = { date: isoDay("date", date), week: isoWeek("week", week), month: isoMonth("month", month) };
    const start = p === undefined ? {} : { p: count("p", p) };
    return numberedPages(
      this.transport,
      "/api/daily_papers",
      listCall({ ...input, ...days, ...start }, options, 100),
      undefined,
      () => undefined,
    );
  }

  /**
   * Searches titles and summaries by words and by meaning, the best match first. There is no second page: `limit` is at
   * most 120.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/GET/api/papers/search
   * @example
   * const results = await hub.papers.search({ q: "mixture of experts", limit: 5 });
   */
  async search(input: SearchPapersInput, options?: RequestOptions): Promise<PaperSearchResult[]> {
    return this.transport.json.get("/api/papers/search", { query: input, ...options });
  }

  /**
   * Returns a paper with the repositories that link to it; its comments only where `field` asks for them.
   *
   * @throws {HubResponseError} with code `NotFound` for a paper that is not indexed.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/GET/api/papers/%7BpaperId%7D
   * @example
   * const { title, upvotes } = await hub.papers.get({ paperId: "2311.12983" });
   */
  async get({ paperId, ...query }: GetPaperInput, options?: RequestOptions): Promise<Paper> {
    return this.transport.json.get("/api/papers/{paperId}", { path: { paperId }, query, ...options });
  }

  /**
   * Returns a paper's text as Markdown.
   *
   * @throws {HubResponseError} with code `NotFound` for a paper that is not indexed.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const markdown = await hub.papers.getMarkdown({ paperId: "2311.12983" });
   */
  async getMarkdown({ paperId }: PaperInput, options?: RequestOptions): Promise<string> {
    return this.transport.text.get("/papers/{paperId}.md", { path: { paperId }, ...options });
  }

  /**
   * Returns the models, datasets and Spaces that cite a paper.
   *
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { models } = await hub.papers.getRepos({ paperId: "2311.12983" });
   */
  async getRepos({ paperId }: PaperInput, options?: RequestOptions): Promise<PaperRepos> {
    return this.transport.json.get("/api/arxiv/{arxivId}/repos", { path: { arxivId: paperId }, ...options });
  }

  /**
   * Takes a paper from arXiv into the Hub. Only its authors may do so again.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/POST/api/papers/index
   * @example
   * await hub.papers.index({ paperId: "2311.12983" });
   */
  async index({ paperId, ...body }: IndexPaperInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/papers/index", { body: { ...body, arxivId: paperId }, ...options });
  }

  /**
   * Changes the project page, GitHub repository or organisation of a paper; `null` removes one, what is left out stays.
   *
   * @throws {HubResponseError} with code `Forbidden` unless the token's owner wrote the paper or submitted it.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/POST/api/papers/%7BpaperId%7D/links
   * @example
   * await hub.papers.updateLinks({ paperId: "2311.12983", projectPage: "https://example.com/gaia" });
   */
  async updateLinks({ paperId, ...body }: UpdatePaperLinksInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/papers/{paperId}/links", { path: { paperId }, body, ...options });
  }

  /**
   * Comments on a paper.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/papers/%7BpaperId%7D/comment
   * @example
   * await hub.papers.comment({ paperId: "2311.12983", comment: "Is the data open?" });
   */
  async comment({ paperId, ...body }: CommentOnPaperInput, options?: RequestOptions): Promise<Comment> {
    const { newMessage } = await this.transport.json.post("/api/papers/{paperId}/comment", {
      path: { paperId },
      body,
      ...options,
    });
    return newMessage;
  }

  /**
   * Answers a comment on a paper.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/discussions/POST/api/papers/%7BpaperId%7D/comment/%7BcommentId%7D/reply
   * @example
   * await hub.papers.reply({ paperId: "2311.12983", commentId: "65a1b2c3d4e5f60718293a4b", comment: "It is." });
   */
  async reply({ paperId, commentId, ...body }: ReplyOnPaperInput, options?: RequestOptions): Promise<Comment> {
    const { newMessage } = await this.transport.json.post("/api/papers/{paperId}/comment/{commentId}/reply", {
      path: { paperId, commentId },
      body,
      ...options,
    });
    return newMessage;
  }

  /**
   * Claims to be an author of a paper, for the signed-in user unless `targetUserId` names another.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/papers/POST/api/settings/papers/claim
   * @example
   * await hub.papers.claimAuthorship({ paperId: "2311.12983", claimAuthorId: "655b2e0f9d8f4a5b6c7d8e9f" });
   */
  async claimAuthorship(input: ClaimAuthorshipInput, options?: RequestOptions): Promise<PaperClaim> {
    return this.transport.json.post("/api/settings/papers/claim", { body: input, ...options });
  }
}
