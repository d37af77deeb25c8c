import { PipelineError } from "./pipeline-error.js";

/** What becomes of a refusal: it ends the run at once, or it waits for the others. */
export type Refuse = (error: PipelineError) => void;

export const refuseAtOnce: Refuse = (error) => {
  throw error;
};

/** Takes a step; if it is refused, the steps after it are taken all the same. */
export function attempt(refuse: Refuse, step: () => void): void {
  try {
    step();
  } catch (error) {
    if (!(error instanceof PipelineError)) throw error;
    refuse(error);
  }
}

/** What does not fit any more, in the order in which it is looked at. */
export type Part = "document" | "overlay" | "names" | "shapes" | "fields";

/** Collects refusals, so that a person learns of all of them in one run. */
export class Refusals {
  readonly #found: [Part, PipelineError][] = [];

  in(part: Part): Refuse {
    return (error) => void this.#found.push([part, error]);
  }

  /** Everything that was collected, as one error; undefined if that is nothing. */
  get stop(): Stop | undefined {
    const [first, ...others] = this.#found;
    if (first === undefined) return undefined;
    const parts = new Map<Part, string[]>();
    for (const [part, error] of this.#found) parts.set(part, [...(parts.get(part) ?? []), ...sentencesOf(error)]);
    const all = [...parts.values()].flat();
    const [, { message, reasons }] = first;
    if (others.length === 0) return new Stop(message, reasons, parts);
    return new Stop(`${all.length} things do not fit together any more:`, all, parts);
  }

  throwAny(): void {
    const { stop } = this;
    if (stop !== undefined) throw stop;
  }
}

/** Several refusals that stop a run together. */
export class Stop extends PipelineError {
  readonly parts: ReadonlyMap<Part, readonly string[]>;

  get sentences(): string[] {
    return [...this.parts.values()].flat();
  }

  /** Whether a person can decide all of it, and the document itself can be believed. */
  get isDecision(): boolean {
    return !this.parts.has("document");
  }

  constructor(message: string, reasons: readonly string[], parts: ReadonlyMap<Part, readonly string[]>) {
    super(message, reasons);
    this.parts = parts;
  }
}

const sentencesOf = ({ message, reasons }: PipelineError): readonly string[] =>
  reasons.length > 0 ? reasons : [message];
