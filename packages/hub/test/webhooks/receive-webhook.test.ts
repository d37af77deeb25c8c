import { describe, expect, expectTypeOf, it } from "vitest";
import {
  HubInputError,
  HubWebhookError,
  isHubError,
  isWebhookSecret,
  receiveWebhook,
  type UpdatedRef,
  type WebhookComment,
  type WebhookEvent,
} from "../../src/index.js";
import { failure } from "../servers/setup.js";

const secret = "s3cret-of-the-hook";
const repo = { type: "model", id: "1".repeat(24), name: "ada/lumen", private: false, headSha: "a".repeat(40) };
const discussion = { id: "2".repeat(24), num: 19, title: "Hello", status: "open", isPullRequest: false };
const comment = { id: "3".repeat(24), content: "Grüße", hidden: false };
const webhook = { id: "4".repeat(24), version: 3 };

function payloadOf(scope: string, action: string, more: object = {}): object {
  return { event: { scope, action }, repo, webhook, ...more };
}

interface Delivery {
  method?: string;
  headers?: Record<string, string>;
  body?: BodyInit | null;
}

function delivery({ method = "POST", headers = { "x-webhook-secret": secret }, body = null }: Delivery): Request {
  const streams = body instanceof ReadableStream ? { duplex: "half" } : {};
  return new Request("https://receiver.example/hook", { method, headers, body, ...streams });
}

function receive(payload: unknown): Promise<WebhookEvent> {
  return receiveWebhook(delivery({ body: JSON.stringify(payload) }), { secret });
}

async function refusal(given: Delivery): Promise<HubWebhookError> {
  const error = await failure(receiveWebhook(delivery(given), { secret }));
  expect(error).toBeInstanceOf(HubWebhookError);
  expect(isHubError(error)).toBe(true);
  // Whoever sees the log or the response learns nothing of the secret.
  expect(`${String(error)} ${(error as Error).stack} ${JSON.stringify(error)}`).not.toContain(secret);
  return error as HubWebhookError;
}

/** The bytes in pieces of one size, which also cuts characters apart. */
function streamOf(text: string, size: number): ReadableStream<Uint8Array> {
  const bytes = new TextEncoder().encode(text);
  let offset = 0;
  return new ReadableStream({
    pull(controller) {
      if (offset >= bytes.length) return controller.close();
      controller.enqueue(bytes.slice(offset, offset + size));
      offset += size;
    },
  });
}

describe("a delivery", () => {
  it("is the payload, with scope and action beside it", async () => {
    const payload = payloadOf("discussion.comment", "create", { discussion, comment, newField: { deep: [1] } });
    expect(await receive(payload)).toEqual({ ...payload, scope: "discussion.comment", action: "create" });
  });

  it("tells by its scope what it holds", async () => {
    const event = await receive(payloadOf("discussion.comment", "create", { discussion, comment }));
    if (event.scope !== "discussion.comment") throw new Error("another scope");
    expectTypeOf(event.comment).toEqualTypeOf<WebhookComment>();
    expect(event.comment.content).toBe("Grüße");
    const other = await receive(payloadOf("repo.content", "update", { updatedRefs: [] }));
    if (other.scope !== "repo.content") throw new Error("another scope");
    expectTypeOf(other.updatedRefs).toEqualTypeOf<UpdatedRef[] | undefined>();
    expect(other.updatedRefs).toEqual([]);
  });

  it.each([
    ["repo", "move", "repo", "move"],
    ["repo", "renamed-by-a-future-hub", "repo", "renamed-by-a-future-hub"],
    ["repo.config", "update", "repo.config", "update"],
    ["discussion", "delete", "discussion", "delete"],
    ["repo.config.dois", "create", "repo.config", "update"],
    ["repo.content.lfs.xet", "delete", "repo.content", "update"],
    ["repo.likes", "create", "repo", "update"],
    ["discussion.reaction", "create", "discussion", "update"],
    ["organization.member", "create", "unknown", "create"],
    ["repository", "create", "unknown", "create"],
    ["", "", "unknown", ""],
    [".repo", "create", "unknown", "create"],
  ])("of scope %j and action %j counts as %j, %j", async (scope, action, countsAs, countedAction) => {
    const event = await receive(payloadOf(scope, action, { discussion, comment }));
    expect(event).toMatchObject({ scope: countsAs, action: countedAction, event: { scope, action } });
  });

  it.each([1, 7, 100_000])("may come in chunks of %i bytes", async (size) => {
    const text = JSON.stringify(payloadOf("discussion.comment", "create", { discussion, comment }));
    const event = await receiveWebhook(delivery({ body: streamOf(text, size) }), { secret });
    expect(event).toMatchObject({ comment: { content: "Grüße" } });
  });

  it("may have a mark at its beginning, and names of the language in it", async () => {
    const text = `\ufeff{"__proto__":{"polluted":1},${JSON.stringify(payloadOf("repo", "create")).slice(1)}`;
    const event = await receiveWebhook(delivery({ body: text }), { secret });
    expect(event.repo.name).toBe("ada/lumen");
    expect("polluted" in event).toBe(false);
  });
});

describe("a request is refused", () => {
  it.each(["GET", "PUT", "HEAD", "OPTIONS", "DELETE"])("when its method is %s", async (method) => {
    expect((await refusal({ method })).status).toBe(405);
  });

  it.each([
    ["another", { "x-webhook-secret": "s3cret-of-another" }],
    ["the beginning", { "x-webhook-secret": secret.slice(0, -1) }],
    ["more than it", { "x-webhook-secret": `${secret}x` }],
    ["it twice", { "x-webhook-secret": `${secret}, ${secret}` }],
    ["another case", { "x-webhook-secret": secret.toUpperCase() }],
    ["nothing", { "x-webhook-secret": "" }],
    ["no such header", {} as Record<string, string>],
    ["what is not ASCII", { "x-webhook-secret": "s3cret-öf-the-hook" }],
  ])("when the secret is %s", async (_, headers) => {
    expect((await refusal({ headers, body: JSON.stringify(payloadOf("repo", "create")) })).status).toBe(401);
  });

  it("for its secret before its body is read", async () => {
    const request = delivery({ headers: {}, body: "{" });
    expect(await failure(receiveWebhook(request, { secret }))).toMatchObject({ status: 401 });
    expect(request.bodyUsed).toBe(false);
  });

  it.each([
    ["is no JSON", "{"],
    ["is empty", ""],
    ["is missing", null],
    ["is no object", "[]"],
    ["is null", "null"],
    ["has no event", JSON.stringify({ repo })],
    ["has an event without action", JSON.stringify({ event: { scope: "repo" }, repo })],
    ["has an event of another kind", JSON.stringify({ event: { scope: 1, action: "create" }, repo })],
    ["has no repo", JSON.stringify({ event: { scope: "repo", action: "create" } })],
    ["has a repo without name", JSON.stringify({ event: { scope: "repo", action: "create" }, repo: {} })],
    ["has no discussion", JSON.stringify(payloadOf("discussion", "create", { comment }))],
    ["has a list as discussion", JSON.stringify(payloadOf("discussion", "create", { discussion: [] }))],
    ["has no comment", JSON.stringify(payloadOf("discussion.comment", "create", { discussion }))],
  ])("when its body %s", async (_, body) => {
    expect((await refusal({ body })).status).toBe(400);
  });

  it("without repeating a body that is not JSON", async () => {
    expect((await refusal({ body: `{"token": ${secret}}` })).cause).toBeUndefined();
  });

  it("when it says that its body is too long, before that is read", async () => {
    const request = delivery({ headers: { "x-webhook-secret": secret, "content-length": "1048577" }, body: "{}" });
    expect(await failure(receiveWebhook(request, { secret }))).toMatchObject({ status: 413 });
    expect(request.bodyUsed).toBe(false);
  });

  it("when its body turns out too long, and reads no more of it", async () => {
    let chunks = 0;
    let cancelled = false;
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        chunks += 1;
        controller.enqueue(new Uint8Array(64 * 1024).fill(32));
      },
      cancel() {
        cancelled = true;
      },
    });
    expect((await refusal({ body })).status).toBe(413);
    expect(chunks).toBeLessThan(25);
    expect(cancelled).toBe(true);
  });

  it("when its body is a little too long, and not when it just fits", async () => {
    const text = JSON.stringify(payloadOf("repo", "create"));
    const fits = text.padEnd(1024 * 1024);
    expect(await receiveWebhook(delivery({ body: streamOf(fits, 65_536) }), { secret })).toMatchObject({ repo });
    expect((await refusal({ body: streamOf(`${fits} `, 65_536) })).status).toBe(413);
  });

  it("when its body breaks off", async () => {
    const cause = new Error("connection lost");
    const body = new ReadableStream<Uint8Array>({
      pull(controller) {
        controller.error(cause);
      },
    });
    expect(await refusal({ body })).toMatchObject({ status: 400, cause });
  });
});

describe("a receiver that is set up wrongly hears of it", () => {
  it.each(["", undefined, null, 7])("when its secret is %j", async (given) => {
    const options = { secret: given } as { secret: string };
    expect(await failure(receiveWebhook(delivery({ body: "{}" }), options))).toBeInstanceOf(HubInputError);
  });

  it("when it read the body before", async () => {
    const request = delivery({ body: JSON.stringify(payloadOf("repo", "create")) });
    await request.text();
    const error = await failure(receiveWebhook(request, { secret }));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain("unread");
  });
});

describe("isWebhookSecret", () => {
  it.each(["a", secret, "é", "💥", "\ud800", "a".repeat(100_000), " "])(
    "is true for the same value: %j",
    async (value) => {
      expect(await isWebhookSecret(value, value)).toBe(true);
    },
  );

  it.each([
    ["", ""],
    ["", secret],
    [secret, ""],
    [null, secret],
    [undefined, secret],
    [7, "7"],
    [[secret], secret],
    [{ toString: () => secret }, secret],
    [secret.slice(1), secret],
    [`${secret}\u0000`, secret],
    [`${secret} `, secret],
    // Their digests end alike, or begin alike.
    ["other-132", secret],
    ["other-13", secret],
    ["\ud800", "\ud801"],
    ["\ud800", "\ufffd"],
    ["e\u0301", "é"],
    ["ā", "\u0001\u0001"],
  ])("is false for %j where %j is right", async (given, right) => {
    expect(await isWebhookSecret(given, right)).toBe(false);
  });

  it.each([undefined, null, 7, {}])("is false without a right one: %j", async (right) => {
    expect(await isWebhookSecret(right, right as unknown as string)).toBe(false);
  });
});
