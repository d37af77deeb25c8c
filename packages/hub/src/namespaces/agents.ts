import type { Result } from "@hf-api/raw";
import type { RequestOptions } from "../options.js";
import { Namespace } from "../namespace.js";

/** The coding agents, by id, and the environment variables that any of them may set. */
export interface AgentHarnesses extends Result<"get", "/api/agent-harnesses"> {}

/** Coding agents that work with the Hub. */
export class Agents extends Namespace {
  /**
   * Returns the coding agents that the Hub knows, and by which environment variables a program may notice that one of
   * them runs it.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/agents/GET/api/agent-harnesses
   * @example
   * const { harnesses } = await hub.agents.getHarnesses();
   */
  async getHarnesses(options?: RequestOptions): Promise<AgentHarnesses> {
    return this.transport.json.get("/api/agent-harnesses", { ...options });
  }
}
