/** A refusal: one sentence for the person at the terminal, no stack trace, nothing written. */
export class PipelineError extends Error {
  override readonly name = "PipelineError";
  /** What it is made of, where it is several things at once; a sentence each. */
  readonly reasons: readonly string[];

  constructor(message: string, reasons: readonly string[] = []) {
    super(message);
    this.reasons = reasons;
  }
}
