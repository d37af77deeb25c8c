import { operations, type OperationFacts } from "@hf-api/raw/operations";
import { Hub } from "../../src/hub.js";
import type { Row } from "../requests/row.js";

export interface SentRequest {
  method: string;
  /** Path and query, as sent. */
  target: string;
  headers: Headers;
  body: string | undefined;
}

/** Makes the row's call with a fetch that records requests and responds to each with the row's response. */
export async function record(row: Row): Promise<SentRequest[]> {
  const sent: SentRequest[] = [];
  const facts: OperationFacts = operations[row.operation];
  const fetch = async (input: string | URL | Request, init: RequestInit = {}): Promise<Response> => {
    const url = new URL(input instanceof Request ? input.url : input);
    const request = new Request(url, { ...init, ...(init.body instanceof ReadableStream ? { duplex: "half" } : {}) });
    const body = await request.text();
    const target = `${url.pathname}${url.search}`;
    sent.push({ method: request.method, target, headers: request.headers, body: body === "" ? undefined : body });
    if (target === "/api/whoami-v2" && row.operation !== "whoami") return Response.json({ name: "me" });
    const { status = 200, headers = {}, body: response = defaultResponse(facts) } = row.response ?? {};
    const type = facts.response === undefined ? {} : { "content-type": facts.response };
    const text = typeof response === "string" ? response : JSON.stringify(response);
    const bare = status === 204 || status === 205 || (status >= 300 && status < 400);
    return new Response(bare ? null : text, { status, headers: { ...type, ...headers } });
  };
  await row.call(new Hub({ token: "hf_rows", endpoint: "https://hub.test", fetch, retries: 0 }));
  return row.operation === "whoami" ? sent : sent.filter(({ target }) => target !== "/api/whoami-v2");
}

function defaultResponse({ response, paging }: OperationFacts): unknown {
  if (response !== "application/json") return "";
  return paging === "link" || paging === "page" ? [] : {};
}
