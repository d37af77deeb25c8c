/** A refusal: one sentence for the person at the terminal, no stack trace, nothing written. */
export class PipelineError extends Error {
  override readonly name = "PipelineError";
}
