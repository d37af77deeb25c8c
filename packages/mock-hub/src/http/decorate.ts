import type { Answer } from "./answer.js";
import type { HubRequest } from "./request.js";
import { hash, type Random } from "../random.js";
import { isKnown } from "./ranges.js";

const exposed = [
  "X-Repo-Commit",
  "X-Request-Id",
  "X-Error-Code",
  "X-Error-Message",
  "X-Total-Count",
  "ETag",
  "Link",
  "Accept-Ranges",
  "Content-Range",
  "X-Linked-Size",
  "X-Linked-ETag",
  "X-Xet-Hash",
].join(",");

export interface Surroundings {
  ids: Random;
  isSignedIn: boolean;
  rateLimit: Record<string, string>;
}

/** Adds what stands on every response of the Hub, good or bad. */
export function decorate(answer: Answer, request: HubRequest, { ids, isSignedIn, rateLimit }: Surroundings): Answer {
  const headers: Record<string, string> = {
    ...answer.headers,
    ...rateLimit,
    ...cors(request),
    "x-request-id": request.header("x-request-id") ?? requestId(request.header("x-amzn-trace-id"), ids),
  };
  if (!isSignedIn) headers["x-hf-warning"] = "unauthenticated; Requests without a token have lower rate limits.";
  // A redirect tells of a file by other headers; a tag of its own would be taken for the file's.
  if (typeof answer.body === "string" && headers["location"] === undefined)
    headers["etag"] ??= `W/"${answer.body.length.toString(16)}-${hash(answer.body).toString(16)}"`;
  if (answer.status === 200 && isKnown(headers["etag"], request)) return { status: 304, headers };
  return { ...answer, headers };
}

/** The response to a browser that asks before it sends. */
export function preflight(request: HubRequest): Answer {
  return {
    status: 204,
    headers: {
      ...cors(request),
      "access-control-allow-methods": "GET,HEAD,POST,PUT,PATCH,DELETE",
      "access-control-allow-headers": request.header("access-control-request-headers") ?? "*",
      "access-control-max-age": "86400",
    },
  };
}

function cors(request: HubRequest): Record<string, string> {
  const origin = request.header("origin");
  if (origin === undefined) return { vary: "Origin" };
  return { vary: "Origin", "access-control-allow-origin": origin, "access-control-expose-headers": exposed };
}

function requestId(trace: string | undefined, ids: Random): string {
  const root = trace ?? `Root=1-${ids.hex(8)}-${ids.hex(24)}`;
  return `${root};${ids.hex(8)}-${ids.hex(4)}-4${ids.hex(3)}-a${ids.hex(3)}-${ids.hex(12)}`;
}
