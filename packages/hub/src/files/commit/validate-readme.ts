import { HubResponseError } from "../../errors.js";
import type { RequestOptions } from "../../options.js";
import type { RepoKind } from "../../inputs/repo-id.js";
import type { Transport } from "../../transport/transport.js";

const types = { models: "model", datasets: "dataset", spaces: "space" } as const;

/**
 * Has the Hub check the metadata of a README.md before large files are uploaded, rather than refuse the commit after.
 *
 * @throws {HubResponseError} with status 400 and the Hub's words.
 */
export async function validateReadme(
  transport: Transport,
  kind: RepoKind,
  readme: Blob,
  options: RequestOptions,
): Promise<void> {
  try {
    const body = { content: await readme.text(), repoType: types[kind] };
    await transport.json.post("/api/validate-yaml", { body, idempotent: true, ...options });
  } catch (error) {
    // Whatever else keeps the Hub from checking it now, it does with the commit.
    if (!(error instanceof HubResponseError)) throw error;
    if (error.status === 400)
      throw new HubResponseError({ ...error, serverMessage: `README.md: ${error.serverMessage}` });
  }
}
