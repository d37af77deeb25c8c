import { HubInputError, HubWebhookError } from "../errors.js";
import { readText } from "../transport/read-text.js";
import type { WebhookEvent, WebhookEventFacts } from "./webhook-event.js";

export interface ReceiveWebhookOptions {
  /** The secret that the webhook was created with. */
  secret: string;
}

/** Payloads are a few KiB; what is longer comes from somebody else. */
const maxBytes = 1024 * 1024;

/**
 * Checks that a request comes from a webhook of yours, and returns what it tells. Takes the `Request` of any runtime,
 * with its body unread.
 *
 * @throws {HubWebhookError} for a request to refuse; answer it with the error's `status`.
 * @throws {HubInputError} when `secret` is empty, or the body was read before.
 * @example
 * const event = await receiveWebhook(request, { secret });
 * if (event.scope === "discussion.comment") console.log(event.repo.name, event.comment.content);
 */
export async function receiveWebhook(request: Request, { secret }: ReceiveWebhookOptions): Promise<WebhookEvent> {
  // An unset variable must not open the door to everybody, nor look like a wrong secret.
  if (typeof secret !== "string" || secret === "") {
    throw new HubInputError("secret is empty; pass the secret that the webhook was created with");
  }
  if (request.method !== "POST") throw new HubWebhookError(405, "a webhook calls with POST only");
  if (!(await isWebhookSecret(request.headers.get("x-webhook-secret"), secret))) {
    throw new HubWebhookError(401, "the header X-Webhook-Secret is missing, or holds another secret");
  }
  return checkPayload(parse(await readBody(request)));
}

/**
 * Whether a secret is the expected one; for receivers that have no `Request`, or find the secret elsewhere. How long
 * the check takes does not depend on how much of it is right. An empty secret is never right.
 *
 * @example
 * if (!(await isWebhookSecret(headers["x-webhook-secret"], secret))) response.writeHead(401).end();
 */
export async function isWebhookSecret(given: unknown, secret: string): Promise<boolean> {
  if (typeof given !== "string" || typeof secret !== "string" || secret === "") return false;
  const [one, other] = await Promise.all([digest(given), digest(secret)]);
  let difference = 0;
  for (const [index, byte] of one.entries()) difference |= byte ^ (other[index] ?? -1);
  return difference === 0;
}

/** Equally long for all texts. UTF-8 would make lone surrogates equal; their code units differ. */
async function digest(text: string): Promise<Uint8Array> {
  const units = Uint16Array.from({ length: text.length }, (_, index) => text.charCodeAt(index));
  return new Uint8Array(await crypto.subtle.digest("SHA-256", units));
}

async function readBody(request: Request): Promise<string> {
  if (request.bodyUsed) throw new HubInputError("the request's body was read before; hand over the request unread");
  if (Number(request.headers.get("content-length")) > maxBytes) throw tooLong();
  const { text, whole } = await readText(new Response(request.body), maxBytes).catch((cause: unknown) => {
    throw new HubWebhookError(400, "the body broke off", { cause });
  });
  if (!whole) throw tooLong();
  return text;
}

const tooLong = (): HubWebhookError => new HubWebhookError(413, "the body is longer than 1 MiB");

function parse(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // The parser's own words would repeat the body.
    throw new HubWebhookError(400, "the body is not JSON");
  }
}

function checkPayload(payload: unknown): WebhookEvent {
  const event = isObject(payload) ? payload["event"] : undefined;
  if (!isObject(payload) || !isEventFacts(event)) throw incomplete("event with scope and action");
  if (!isObject(payload["repo"]) || typeof payload["repo"]["name"] !== "string") throw incomplete("repo with a name");
  const known = { ...payload, ...countAs(event) };
  const { scope } = known;
  const isCommunity = scope === "discussion" || scope === "discussion.comment";
  if (isCommunity && !isObject(payload["discussion"])) throw incomplete("discussion");
  if (scope === "discussion.comment" && !isObject(payload["comment"])) throw incomplete("comment");
  // What decides between the members of the union was checked; the rest is the Hub's word.
  return known as unknown as WebhookEvent;
}

const incomplete = (what: string): HubWebhookError =>
  new HubWebhookError(400, `the payload has no ${what}; expected what the Hub's webhooks send`);

const knownScopes: readonly string[] = ["repo", "repo.content", "repo.config", "discussion", "discussion.comment"];

/** The scope if it is known, else an update of the nearest broader one that is. */
function countAs({ scope, action }: WebhookEventFacts): WebhookEventFacts {
  if (knownScopes.includes(scope)) return { scope, action };
  for (let end = scope.lastIndexOf("."); end > 0; end = scope.lastIndexOf(".", end - 1)) {
    const broader = scope.slice(0, end);
    if (knownScopes.includes(broader)) return { scope: broader, action: "update" };
  }
  return { scope: "unknown", action };
}

function isEventFacts(value: unknown): value is WebhookEventFacts {
  return isObject(value) && typeof value["scope"] === "string" && typeof value["action"] === "string";
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
