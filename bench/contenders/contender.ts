/** The same few things, done with one library. */
export interface Contender {
  whoami(): Promise<unknown>;
  /** Reads one model. */
  getModel(repo: string): Promise<unknown>;
  /** Walks the list of models; `work` is awaited for each page. Answers with the number of models. */
  walk?(options: WalkOptions): Promise<number>;
}

export interface WalkOptions {
  /** As the library asks when it is not told. */
  pageSize?: number | undefined;
  work?: (() => Promise<void>) | undefined;
}

export const contenderNames = ["fetch", "raw", "hub", "openapi-fetch", "huggingface-hub"] as const;

export type CallerName = (typeof contenderNames)[number];
/** The generator walks lists alone. */
export type ContenderName = CallerName | "generator";

/** What each is called in the table. */
export const labels: Record<ContenderName, string> = {
  fetch: "fetch().json()",
  raw: "@hf-api/raw",
  hub: "@hf-api/hub",
  "openapi-fetch": "openapi-fetch as it comes",
  "huggingface-hub": "@huggingface/hub",
  generator: "an async generator over fetch",
};

export const token = "hf_notARealTokenJustOneOfTheRightShape";
