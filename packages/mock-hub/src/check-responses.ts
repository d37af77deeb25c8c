import { Router, segmentsOf } from "./http/router.js";
import {
  operationsOf,
  type DocumentedResponse,
  type FoundOperation,
  type OpenApiDocument,
} from "./openapi/document.js";
import { problemsOf, type Problem } from "./openapi/problems.js";
import { templateOf } from "./openapi/route-template.js";

export type { OpenApiDocument } from "./openapi/document.js";
export type { Problem } from "./openapi/problems.js";

/** How a response of the Hub differs from the document. Its message is a report that holds no value of anybody. */
export class ResponseMismatch extends Error {
  override readonly name = "ResponseMismatch";
  /** The operation's id in the document, its method and the template of its path. */
  readonly operation: string;
  readonly status: number;
  /** Each problem once, wherever it stands in a list. */
  readonly problems: readonly Problem[];

  constructor(operation: string, status: number, problems: readonly Problem[]) {
    const lines = problems.map(({ place, expected, got }) => `- at ${place || "/"}: expected ${expected}, got ${got}`);
    super(
      [
        "a response of the Hub differs from the document",
        `operation: ${operation}`,
        `status: ${status}`,
        ...lines,
      ].join("\n"),
    );
    this.operation = operation;
    this.status = status;
    this.problems = problems;
  }
}

export interface CheckResponsesOptions {
  /** The merged document: `@hf-api/raw/openapi.json`, or what `loadDocument()` of `@hf-api/mock-hub/node` returns. */
  document: OpenApiDocument;
  /** Where the Hub is; responses from elsewhere, such as files, pass. Default `https://huggingface.co`. */
  endpoint?: string;
}

export interface CheckedFetchOptions extends CheckResponsesOptions {
  /** Whether a mismatch is told, which is the default, or thrown in the place of the response. */
  mode?: "warn" | "throw";
  /** What to tell a mismatch. Default `console.warn` with its message. */
  onMismatch?: (mismatch: ResponseMismatch) => void;
  /** What makes the requests. Default the global `fetch`. */
  fetch?: typeof globalThis.fetch;
}

/** What of a request says which operation it was. */
export interface CheckedRequest {
  /** Default `GET`. */
  method?: string;
  /** Default: the response's own URL, which one that was made by hand does not have. */
  url?: string;
}

/** Compares a response with what the document says of its operation. The response stays readable. */
export type CheckResponse = (response: Response, request?: CheckedRequest) => Promise<ResponseMismatch | undefined>;

/** At most so many problems are reported; one more kind of item in a list may have dozens. */
const mostProblems = 20;

/**
 * Makes a function that compares responses of the Hub with the document: their status, their media type, and bodies of
 * JSON. Other bodies, redirects and what the document does not know are not read.
 *
 * @example
 * const check = createResponseCheck({ document });
 * const response = await fetch("https://huggingface.co/api/models/openai-community/gpt2");
 * const mismatch = await check(response);
 * if (mismatch) console.log(mismatch.message);
 */
export function createResponseCheck({
  document,
  endpoint = "https://huggingface.co",
}: CheckResponsesOptions): CheckResponse {
  const routes = new Router<FoundOperation>();
  for (const found of operationsOf(document)) routes.add(found.method, templateOf(found.path, found.operation), found);
  const base = endpoint.replace(/\/+$/, "");

  return async (response, { method = "GET", url = response.url } = {}) => {
    if (!url.startsWith(`${base}/`) || (response.status >= 300 && response.status < 400)) return undefined;
    const path = new URL(url).pathname.slice(new URL(base).pathname.replace(/\/$/, "").length);
    const found = routes.match(segmentsOf(path))?.routes.get(method.toUpperCase())?.handler;
    if (found === undefined) return undefined;
    const problems = await compare(response, found, document);
    if (problems.length === 0) return undefined;
    const id = found.operation.operationId;
    return new ResponseMismatch(
      `${id === undefined ? "" : `${id}, `}${found.method} ${found.path}`,
      response.status,
      problems,
    );
  };
}

/**
 * Makes a `fetch` that compares each response with the document, for `new Hub({ fetch })` or any other client.
 *
 * @example
 * const hub = new Hub({ fetch: createCheckedFetch({ document, mode: "throw" }), retries: 0 });
 */
export function createCheckedFetch({
  mode = "warn",
  onMismatch = ({ message }) => console.warn(message),
  fetch = (input, init) => globalThis.fetch(input, init),
  ...options
}: CheckedFetchOptions): typeof globalThis.fetch {
  const checkResponse = createResponseCheck(options);
  return async (input, init) => {
    const response = await fetch(input, init);
    const asked = input instanceof Request ? input : undefined;
    // The last URL of a redirect that was followed is the one that responded.
    const url = response.url || (asked?.url ?? String(input));
    const mismatch = await checkResponse(response, { method: init?.method ?? asked?.method ?? "GET", url });
    if (mismatch === undefined) return response;
    if (mode === "throw") {
      // Left unread, it would keep its connection.
      await response.body?.cancel();
      throw mismatch;
    }
    onMismatch(mismatch);
    return response;
  };
}

async function compare(
  response: Response,
  { operation }: FoundOperation,
  document: OpenApiDocument,
): Promise<Problem[]> {
  const { responses = {} } = operation;
  const documented = responses[response.status] ?? (response.ok ? undefined : followed(responses["default"], document));
  if (documented === undefined) {
    const known = Object.keys(responses).filter((status) => status !== "default");
    return [{ place: "(status)", expected: known.join(" or ") || "no response", got: String(response.status) }];
  }
  const schema = documented.content?.["application/json"]?.schema;
  if (schema === undefined || response.body === null || response.bodyUsed) return [];
  const type = response.headers.get("content-type") ?? "no media type";
  // A proxy on the way answers failures with a page of its own.
  if (!/[/+]json\b/.test(type)) {
    return response.ok
      ? [{ place: "(content-type)", expected: "application/json", got: type.split(";")[0] ?? "" }]
      : [];
  }
  const value = await jsonOf(response);
  if (value === undefined) return [];
  if (value instanceof SyntaxError) return [{ place: "", expected: "JSON", got: "other text" }];
  return distinct(problemsOf(value, schema, document)).slice(0, mostProblems);
}

/** Nothing for a body that breaks off: whoever reads the response meets the same failure. */
async function jsonOf(response: Response): Promise<unknown> {
  try {
    return await response.clone().json();
  } catch (error) {
    return error instanceof SyntaxError ? error : undefined;
  }
}

function followed(
  response: DocumentedResponse | undefined,
  { components }: OpenApiDocument,
): DocumentedResponse | undefined {
  const name = response?.$ref?.split("/").at(-1);
  return name === undefined ? response : components?.responses?.[name];
}

/** The same problem of many items is one, and tells how often it is there. */
function distinct(problems: readonly Problem[]): Problem[] {
  const found = new Map<string, { problem: Problem; count: number }>();
  for (const problem of problems) {
    const key = JSON.stringify([problem.place, problem.expected, problem.got]);
    const entry = found.get(key);
    if (entry === undefined) found.set(key, { problem, count: 1 });
    else entry.count++;
  }
  return Array.from(found.values(), ({ problem, count }) =>
    count === 1 ? problem : { ...problem, got: `${problem.got} (${count} times)` },
  );
}
