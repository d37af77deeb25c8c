import type { Body, Query, Result, Schema } from "@hf-api/raw";
import { isoTime, type DateInput } from "../inputs/dates.js";
import { listCall, type ListInput } from "../lists/list-input.js";
import { linkedPages } from "../lists/loaders.js";
import type { RequestOptions } from "../options.js";
import type { Pages } from "../lists/pages.js";
import { splitRepoId, pagesOf, type RepoInput } from "../inputs/repo-id.js";
import type { Item } from "../lists/item.js";
import { duplicateRepo, type DuplicatedRepo, type DuplicateRepoInput } from "./duplicate-repo.js";
import { RepoNamespace } from "./repo-namespace.js";

type RequestRoute = "/api/models/{namespace}/{repo}/user-access-request";

/** A user's wish to use a gated repository, and what became of it. */
export interface AccessRequest extends Schema<"AccessRequest"> {}
/** What became of a request for access. */
export type AccessRequestStatus = AccessRequest["status"];
/** A user who asked for access, what became of it, and when they asked. */
export interface AccessReportEntry extends Schema<"AccessReportEntry"> {}
/** What became of one of several requests, in their order. */
export interface HandledAccessRequest extends Item<
  Result<"post", "/api/models/{namespace}/{repo}/user-access-request/batch">
> {}

/** A user, by name or by id. */
export type UserOrId = { user: string; userId?: never } | { user?: never; userId: string };

/** Which repository, and what its form asks for. */
export interface RequestAccessInput extends RepoInput {
  /** The responses to what the repository's card asks for, by the names of its fields. */
  fields?: Record<string, string | number | boolean> | undefined;
}

/** Whose requests to list, and of what status. */
export interface ListAccessRequestsInput
  extends RepoInput, Omit<Query<"get", `${RequestRoute}/{status}`>, keyof ListInput | "after" | "before">, ListInput {
  status: AccessRequestStatus;
  /** Only requests that were made after this moment. */
  after?: DateInput | undefined;
  /** Only requests that were made before this moment. */
  before?: DateInput | undefined;
}

interface Decision {
  /** `pending` takes an earlier decision back. */
  status: AccessRequestStatus;
  /** Shown to a user who is rejected; at most 200 characters. */
  rejectionReason?: string | undefined;
}

interface OneDecision extends RepoInput, Decision, Omit<Body<"post", `${RequestRoute}/handle`>, keyof UserOrId> {}

/** Who asked, and what becomes of it. */
export type HandleAccessRequestInput = OneDecision & UserOrId;

/** One decision on the requests of several users. */
export interface HandleAccessRequestsInput
  extends RepoInput, Decision, Omit<Body<"post", `${RequestRoute}/batch`>, "requests"> {
  /** 1 to 100 users. */
  requests: readonly UserOrId[];
}

interface Grant extends RepoInput, Omit<Body<"post", `${RequestRoute}/grant`>, keyof UserOrId> {}

/** Who is let in without having asked. */
export type GrantAccessInput = Grant & UserOrId;

/** What models and datasets have in common beyond Spaces: access to them can be gated, and their copies run nowhere. */
export abstract class GatedRepoNamespace extends RepoNamespace {
  protected abstract override readonly kind: "models" | "datasets";

  /**
   * Copies a repository to another owner or name, with all of its commits. It is as visible as the original unless
   * `visibility` says otherwise.
   *
   * @throws {HubResponseError} with code `Conflict` when `to` exists already.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repos/POST/api/%7BrepoType%7D/%7Bnamespace%7D/%7Brepo%7D/duplicate
   * @example
   * const { filesCopyPending } = await hub.models.duplicate({ repo: "openai-community/gpt2", to: "me/my-copy" });
   * if (filesCopyPending) console.log("Its large files follow");
   */
  async duplicate(input: DuplicateRepoInput, options?: RequestOptions): Promise<DuplicatedRepo> {
    return duplicateRepo(this.transport, this.kind, input, options);
  }

  /**
   * Asks for access to a gated repository, in the name of the signed-in user, who thereby shares their name and e-mail
   * address with its owners and agrees to its terms.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/%7Bnamespace%7D/%7Brepo%7D/ask-access
   * @example
   * await hub.models.requestAccess({ repo: "meta-llama/Llama-3.1-8B", fields: { Affiliation: "ACME" } });
   */
  async requestAccess({ repo, fields = {} }: RequestAccessInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`${pagesOf[this.kind]}/{namespace}/{repo}/ask-access`, {
      path: splitRepoId(repo),
      body: fields,
      // The Hub sends the browser on to the repository's page: it is done.
      redirect: "return",
      ...options,
    });
  }

  /**
   * Takes back the request for access that the signed-in user has made, as long as it is pending.
   *
   * @throws {HubResponseError} with code `NotFound` when there is no pending request; an accepted one stays.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/user-access-request/cancel
   * @example
   * await hub.models.cancelAccessRequest({ repo: "meta-llama/Llama-3.1-8B" });
   */
  async cancelAccessRequest({ repo }: RepoInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/user-access-request/cancel`, {
      path: splitRepoId(repo),
      ...options,
    });
  }

  /**
   * Lists the requests for access to a repository of yours that are pending, accepted or rejected.
   *
   * @throws {HubResponseError} with code `BadRequest` when the repository is not gated, `Forbidden` when it is not yours.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/api/models/%7Bnamespace%7D/%7Brepo%7D/user-access-request/%7Bstatus%7D
   * @example
   * const requests = await hub.models.listAccessRequests({ repo: "my-org/my-model", status: "pending" }).toArray();
   */
  listAccessRequests(
    { repo, status, after, before, ...input }: ListAccessRequestsInput,
    options?: RequestOptions,
  ): Pages<AccessRequest> {
    const period = { after: isoTime("after", after), before: isoTime("before", before) };
    return linkedPages(this.transport, `/api/${this.kind}/{namespace}/{repo}/user-access-request/{status}`, {
      path: { ...splitRepoId(repo), status },
      ...listCall({ ...input, ...period }, options, 1000, 10),
    });
  }

  /**
   * Decides on one request for access, or puts an earlier decision off again.
   *
   * @throws {HubResponseError} with code `NotFound` when the user has made no request, or when it has this status.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/user-access-request/handle
   * @example
   * await hub.models.handleAccessRequest({ repo: "my-org/my-model", user: "ada", status: "accepted" });
   */
  async handleAccessRequest({ repo, ...body }: HandleAccessRequestInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/user-access-request/handle`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Decides the same on up to 100 requests for access. Some may fail while others succeed: look at each `ok`.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/user-access-request/batch
   * @example
   * const results = await hub.models.handleAccessRequests({
   *   repo: "my-org/my-model",
   *   requests: [{ user: "ada" }, { user: "alan" }],
   *   status: "accepted",
   * });
   */
  async handleAccessRequests(
    { repo, ...body }: HandleAccessRequestsInput,
    options?: RequestOptions,
  ): Promise<HandledAccessRequest[]> {
    return this.transport.json.post(`/api/${this.kind}/{namespace}/{repo}/user-access-request/batch`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Gives a user access to a gated repository without a request of theirs.
   *
   * @throws {HubResponseError} with code `NotFound` when there is no such user, `BadRequest` when they have access
   * already, or `RepoNotGated`.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/POST/api/models/%7Bnamespace%7D/%7Brepo%7D/user-access-request/grant
   * @example
   * await hub.models.grantAccess({ repo: "my-org/my-model", user: "ada" });
   */
  async grantAccess({ repo, ...body }: GrantAccessInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post(`/api/${this.kind}/{namespace}/{repo}/user-access-request/grant`, {
      path: splitRepoId(repo),
      body,
      ...options,
    });
  }

  /**
   * Returns everyone who asked for access to a repository of yours, whatever became of it, in one response.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/%7Bnamespace%7D/%7Brepo%7D/user-access-report
   * @example
   * for (const { user, email, status } of await hub.models.exportAccessReport({ repo: "my-org/my-model" })) {
   *   console.log(user, email, status);
   * }
   */
  async exportAccessReport({ repo }: RepoInput, options?: RequestOptions): Promise<AccessReportEntry[]> {
    return this.transport.json.get(`${pagesOf[this.kind]}/{namespace}/{repo}/user-access-report`, {
      path: splitRepoId(repo),
      ...options,
    });
  }
}
