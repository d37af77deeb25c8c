import type { Query, Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

type Access = Result<"post", "/api/inference-endpoints/{namespace}/auth-check/{perms}">;

/** Whom the token belongs to, and whose endpoints they may use. */
export interface EndpointAccess extends Omit<
  Extract<Access, { patternRestrictions: string[] }>,
  "patternRestrictions"
> {
  /** Where the right covers some endpoints only: the patterns of their names. */
  patternRestrictions?: string[] | undefined;
}

/** Whose endpoints, and which right to them. */
export interface CheckEndpointsAccessInput extends Query<
  "post",
  "/api/inference-endpoints/{namespace}/auth-check/{perms}"
> {
  /** The user or organisation that the endpoints belong to. */
  namespace: string;
  /** The right to check for; `infer` is that to send requests to an endpoint. */
  perms: "infer" | "read" | "write";
}

export interface CheckEndpointAccessInput extends CheckEndpointsAccessInput {
  /** The endpoint's name. */
  endpoint: string;
}

/** Rights to Inference Endpoints. The endpoints themselves have an API of their own, outside the Hub. */
export class InferenceEndpoints extends Namespace {
  /**
   * Finds out whether the token has a right to an endpoint.
   *
   * @throws {HubResponseError} with code `Forbidden` when it has not.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/inference-endpoints/POST/api/inference-endpoints/%7Bnamespace%7D/%7Bendpoint%7D/auth-check/%7Bperms%7D
   * @example
   * await hub.inferenceEndpoints.checkAccess({ namespace: "my-org", endpoint: "my-endpoint", perms: "infer" });
   */
  async checkAccess(
    { namespace, endpoint, perms, ...query }: CheckEndpointAccessInput,
    options?: RequestOptions,
  ): Promise<EndpointAccess> {
    return this.transport.json.post("/api/inference-endpoints/{namespace}/{endpoint}/auth-check/{perms}", {
      path: { namespace, endpoint, perms },
      query,
      idempotent: true,
      ...options,
    });
  }

  /**
   * Finds out whether the token has a right to the endpoints of a user or an organisation, such as that to create one.
   *
   * @throws {HubResponseError} with code `Forbidden` when it has not.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/inference-endpoints/POST/api/inference-endpoints/%7Bnamespace%7D/auth-check/%7Bperms%7D
   * @example
   * await hub.inferenceEndpoints.checkNamespaceAccess({ namespace: "my-org", perms: "write", incur_cost: true });
   */
  async checkNamespaceAccess(
    { namespace, perms, ...query }: CheckEndpointsAccessInput,
    options?: RequestOptions,
  ): Promise<EndpointAccess> {
    return this.transport.json.post("/api/inference-endpoints/{namespace}/auth-check/{perms}", {
      path: { namespace, perms },
      query,
      idempotent: true,
      ...options,
    });
  }
}
