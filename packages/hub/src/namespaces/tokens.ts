import type { Body } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** At most 1,000 tokens, as they were found. */
export interface RevokeLeakedInput extends Body<"post", "/api/credentials/revoke"> {}

/** Access tokens, whoever they belong to. */
export class Tokens extends Namespace {
  /**
   * Invalidates tokens that leaked, for good; their owners get a mail. Whoever holds a token may do so. The Hub accepts
   * all input alike, so success does not mean that there was such a token.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/tokens/POST/api/credentials/revoke
   * @example
   * await hub.tokens.revokeLeaked({ credentials: ["hf_foundInAPublicRepository"] });
   */
  async revokeLeaked(input: RevokeLeakedInput, options?: RequestOptions): Promise<void> {
    return this.transport.empty.post("/api/credentials/revoke", { body: input, ...options });
  }
}
