import type { RequestOptions } from "../options.js";
import { safetensorsMetadata } from "./on-demand.js";
import { RepoFiles } from "./repo-files.js";
import type { SafetensorsInput, SafetensorsMetadata } from "./safetensors/metadata.js";

/** The files of models. */
export class ModelFiles extends RepoFiles {
  /**
   * Reads the headers of a model's safetensors files by ranges: names, types, shapes and places of the tensors, and how
   * many parameters there are of each type. The tensors themselves are not read.
   *
   * @throws {HubIntegrityError} for a header or an index that is not valid: too large, not JSON, or with tensors that
   * overlap or do not fit their shapes.
   * @throws {HubResponseError} with code `EntryNotFound` if there is no such file.
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/models/GET/%7Bnamespace%7D/%7Brepo%7D/resolve/%7Brev%7D/%7Bpath%7D
   * @example
   * const { parameterCount } = await hub.models.files.getSafetensorsMetadata({ repo: "openai-community/gpt2" });
   * console.log(parameterCount); // such as { F32: 137022720 }
   */
  async getSafetensorsMetadata(input: SafetensorsInput, options?: RequestOptions): Promise<SafetensorsMetadata> {
    return await this.transport.withDeadline(options, (all) =>
      safetensorsMetadata((file, request) => this.download(file, request), input, all),
    );
  }
}
