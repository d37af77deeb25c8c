import type { OpenApiDocument } from "@hf-api/mock-hub";

/** What the page asks of the worker. The token is in this message and nowhere else. */
export interface RunMessage {
  /** Of the sample, as `hub.models.get`; it may have been edited. */
  name: string;
  code: string;
  target: Target;
  /** What the embedded Hub serves from. */
  document: OpenApiDocument;
}

export type Target = { kind: "embedded" } | { kind: "live"; token: string | null; allowChanges: boolean };

/** What the worker tells of a run. */
export type RunEvent =
  | { type: "print"; text: string }
  | { type: "failure"; text: string }
  | { type: "request"; method: string; url: string; status: number; duration: number }
  | { type: "end"; duration: number };

export interface PlaygroundSample {
  name: string;
  code: string;
}
