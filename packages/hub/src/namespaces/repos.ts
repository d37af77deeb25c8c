import type { Body, Result, Schema } from "@hf-api/raw";
import { HubResponseError } from "../errors.js";
import type { RequestOptions } from "../options.js";
import { splitOwnRepoId, splitRepoId } from "../inputs/repo-id.js";
import { ownerOr } from "../identity.js";
import { Namespace } from "../namespace.js";
import { existing } from "../repos/on-demand.js";

type CreateBody = Body<"post", "/api/repos/create">;
type DeleteBody = Body<"delete", "/api/repos/delete">;
type MoveBody = Body<"post", "/api/repos/move">;

interface NamedRepo {
  /** `owner/name`, or `name` alone for a repository of the signed-in user. */
  repo: string;
}

interface NewRepo extends NamedRepo {
  /** Whether a repository that exists already is as good; it stays as it is. */
  existOk?: boolean | undefined;
}

type CreateBodyOf<Type> = Omit<Extract<CreateBody, { type: Type }>, "name" | "organization">;
/** A model is what is created when nothing is said of the `type`. */
export interface CreateModelInput
  extends NewRepo, Omit<Extract<CreateBody, { type?: "model" | undefined }>, "name" | "organization"> {}
/** A new dataset. */
export interface CreateDatasetInput extends NewRepo, CreateBodyOf<"dataset"> {}
/** A new Space, with the `sdk` that it is built with. Its secrets and variables can come with it. */
export interface CreateSpaceInput extends NewRepo, CreateBodyOf<"space"> {}
/** A new kernel. */
export interface CreateKernelInput extends NewRepo, CreateBodyOf<"kernel"> {}
/** `type` tells the kinds apart; without it, a model is meant. */
export type CreateRepoInput = CreateModelInput | CreateDatasetInput | CreateSpaceInput | CreateKernelInput;
/** Where the new repository is. */
export interface CreatedRepo extends Result<"post", "/api/repos/create"> {}

/** A model is deleted unless `type` says otherwise. */
export interface DeleteRepoInput extends NamedRepo, Omit<DeleteBody, "name" | "organization"> {
  /** Whether it is as good when there is none. */
  missingOk?: boolean | undefined;
}

/** A model is moved unless `type` says otherwise. */
export interface MoveRepoInput extends Omit<MoveBody, "fromRepo" | "toRepo"> {
  /** `owner/name` as it is. */
  from: string;
  /** `owner/name` as it shall be. */
  to: string;
}

export interface ValidateCardInput extends Omit<Body<"post", "/api/validate-yaml">, "repoType"> {
  /** The card as text: a README.md, which begins with its metadata in YAML. */
  content: string;
  /** The kind of repository that it is for. Default `model`. */
  type?: "model" | "dataset" | "space" | undefined;
}

/** What is wrong with a card. The Hub refuses one with `errors`. */
export interface CardReport extends Required<Schema<"CardReport">> {}

/** Creating, moving and deleting repositories of every kind. */
export class Repos extends Namespace {
  /**
   * Creates a repository: a model unless `type` says otherwise. A Space needs its `sdk`.
   *
   * @throws {HubResponseError} with code `Conflict` when it exists already, unless `existOk` is set; `body.url` is its
   * address. With `existOk`, a repository that you may read is also found where you may not create one.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repos/POST/api/repos/create
   * @example
   * const { url } = await hub.repos.create({ repo: "my-new-dataset", type: "dataset", visibility: "private" });
   */
  async create({ repo, existOk, ...settings }: CreateRepoInput, options?: RequestOptions): Promise<CreatedRepo> {
    const id = ownAndName(repo);
    const create = (): Promise<CreatedRepo> =>
      this.transport.json.post("/api/repos/create", { body: { ...id, ...settings }, ...options });
    if (existOk !== true) return create();
    const namespace = (): Promise<string> => ownerOr(this.transport, id.organization, options);
    return (await existing()).createRepo(
      this.transport,
      create,
      { type: settings.type, namespace, repo: id.name },
      options,
    );
  }

  /**
   * Renames a repository, or moves it to another owner. The old address redirects to the new one.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/repos/POST/api/repos/move
   * @example
   * await hub.repos.move({ from: "me/draft", to: "my-org/model", type: "model" });
   */
  async move({ from, to, ...rest }: MoveRepoInput, options?: RequestOptions): Promise<void> {
    splitRepoId(from);
    splitRepoId(to);
    return this.transport.empty.post("/api/repos/move", { body: { fromRepo: from, toRepo: to, ...rest }, ...options });
  }

  /**
   * Deletes a repository for good.
   *
   * @throws {HubResponseError} with code `RepoNotFound` when there is none, unless `missingOk` is set.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * await hub.repos.delete({ repo: "me/draft", type: "model" });
   */
  async delete({ repo, missingOk, ...rest }: DeleteRepoInput, options?: RequestOptions): Promise<void> {
    const body = { ...ownAndName(repo), ...rest };
    const remove = (): Promise<void> => this.transport.empty.delete("/api/repos/delete", { body, ...options });
    return missingOk === true ? (await existing()).unlessMissing("RepoNotFound", remove) : remove();
  }

  /**
   * Checks the metadata of a card before it is committed. Changes nothing.
   *
   * @returns Errors and warnings; neither are there where all is well.
   * @remarks Not in the Hub's OpenAPI document.
   * @example
   * const { errors } = await hub.repos.validateCard({ content: "---\nlicense: mit\n---\n# My model" });
   */
  async validateCard({ type = "model", ...card }: ValidateCardInput, options?: RequestOptions): Promise<CardReport> {
    const body = { ...card, repoType: type };
    try {
      return reportOf(await this.transport.json.post("/api/validate-yaml", { body, idempotent: true, ...options }));
    } catch (error) {
      // A card with errors is what was asked about, and no failure to ask.
      if (error instanceof HubResponseError && error.status === 400 && hasErrors(error.body))
        return reportOf(error.body);
      throw error;
    }
  }
}

const reportOf = ({ errors = [], warnings = [] }: Schema<"CardReport">): CardReport => ({ errors, warnings });

function hasErrors(body: unknown): body is Schema<"CardReport"> {
  return typeof body === "object" && body !== null && "errors" in body && Array.isArray(body.errors);
}

/** The Hub takes an owner apart from the name, and calls it organization even where it is a user. */
function ownAndName(id: string): { name: string; organization?: string } {
  const { namespace, repo } = splitOwnRepoId(id);
  return { name: repo, ...(namespace === undefined ? {} : { organization: namespace }) };
}
