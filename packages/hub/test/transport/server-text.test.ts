import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubError, HubResponseError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { Secrets } from "../../src/transport/secrets.js";
import { body } from "../servers/responses.js";
import { failure, getModel, hubAt, modelPath, useFaultServer } from "../servers/setup.js";
import { views } from "../servers/views.js";

const server = useFaultServer();

const current = "hf_currentCurrentCurrentCurrent";
const rotated = "hf_oldOld/Old+Old-Old=Old~Old.Old";
const signature = "AbCd0123456789abcdef+/signature==";
const secrets = [current, rotated, signature];

const hexOf = (text: string): string => Buffer.from(text).toString("hex");
const perByte = (text: string, write: (hex: string) => string): string =>
  hexOf(text).replace(/../g, (hex) => write(hex));
const base64Of = (text: string): string => Buffer.from(text).toString("base64");

/** Ways to write a text that a reader, or a machine, can undo. */
const spellings: Record<string, (text: string) => string> = {
  raw: (text) => text,
  percent: (text) => encodeURIComponent(text),
  "percent for each byte": (text) => perByte(text, (hex) => `%${hex}`),
  "percent in capitals": (text) => perByte(text, (hex) => `%${hex.toUpperCase()}`),
  "percent twice": (text) => perByte(text, (hex) => `%25${hex}`),
  "JSON escapes": (text) => perByte(text, (hex) => `\\u00${hex}`),
  "JSON escapes in capitals": (text) => perByte(text, (hex) => `\\u00${hex.toUpperCase()}`),
  "JSON in JSON": (text) => perByte(text, (hex) => `\\\\u00${hex}`),
  "escaped slashes": (text) => text.replaceAll("/", "\\/"),
  base64: (text) => base64Of(text),
  "base64 behind one byte": (text) => base64Of(`:${text}`),
  "base64 behind a word": (text) => base64Of(`Bearer ${text}`),
  "base64 behind and before others": (text) => base64Of(`ab${text}, and more`),
  base64url: (text) => Buffer.from(`user:${text}`).toString("base64url"),
  hexadecimal: (text) => hexOf(text),
  "hexadecimal in capitals": (text) => hexOf(text).toUpperCase(),
};

/** What the text still shows of a secret, when everything is undone that can be. */
function leaks(text: string, secret: string): string[] {
  const percent = text.replace(/%(?:25)*([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const json = text.replace(/\\+u00([0-9a-f]{2})/gi, (_, hex: string) => String.fromCharCode(parseInt(hex, 16)));
  const slashes = text.replaceAll("\\", "");
  const hex = text.toLowerCase().includes(hexOf(secret)) ? secret : "";
  const runs = (text.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((start) => Buffer.from(run.slice(start), "base64").toString("latin1")),
  );
  return [text, percent, json, slashes, hex, ...runs].filter((seen) => seen.includes(secret));
}

const odd = ["\0", "\u0007", "\u001b[31m", "\r", "\u0085", "\u009b", "\u202e", "\u2066", "\u200f", "\u061c", "\u007f"];
const unreadable = /[\0-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;

const echoed = fc
  .tuple(fc.constantFrom(...secrets), fc.constantFrom(...Object.values(spellings)))
  .map(([secret, spell]) => spell(secret));
const words = fc
  .array(
    fc.oneof(
      echoed,
      fc.constantFrom(...odd, "<b>", '"', "{", "%", "\\", "&", "=", " ", "\n"),
      fc.string({ unit: "grapheme" }),
    ),
    {
      maxLength: 12,
    },
  )
  .map((parts) => parts.join(""));
/** What a header can carry. */
const headerWords = words.map((text) => text.replace(/[\0\r\n]|[^\0-\xff]/g, ""));
const json = fc
  .tuple(words, words, words)
  .map(([key, value, more]) => JSON.stringify({ error: { [key]: [value], message: more }, [value]: more }));
const bodies = fc.oneof(
  words,
  json,
  // As servers escape it themselves.
  fc.tuple(json, echoed).map(([text, secret]) => text.replace('"error"', `"${secret.replaceAll('"', "")}"`)),
);

const responses = fc.record({
  status: fc.constantFrom(200, 204, 206, 302, 400, 401, 403, 404, 409, 413, 422, 429, 500, 503),
  type: fc.option(fc.oneof(headerWords, fc.constantFrom("application/json", "text/html; charset=utf-8"))),
  code: fc.option(headerWords),
  message: fc.option(headerWords),
  requestId: fc.option(headerWords),
  location: fc.option(headerWords),
  contentRange: fc.option(headerWords),
  text: bodies,
});

function responseOf(given: typeof responses extends fc.Arbitrary<infer T> ? T : never): Response {
  const headers = new Headers();
  const all = {
    "content-type": given.type,
    "x-error-code": given.code,
    "x-error-message": given.message,
    "x-request-id": given.requestId,
    location: given.location,
    "content-range": given.contentRange,
  };
  for (const [name, value] of Object.entries(all)) if (value !== null) headers.set(name, value);
  return new Response(given.status === 204 ? null : given.text, { status: given.status, headers });
}

/** Calls that meet a response, and what each of them fails with, if it does. */
const calls: Record<string, (hub: Hub) => Promise<unknown>> = {
  "a call": (hub) => getModel(hub),
  "a list": (hub) => hub.models.list().toArray(),
  "a call without a result": (hub) => hub.repos.delete({ repo: "owner/name" }),
  "a commit": (hub) => hub.models.commit({ repo: "owner/name", title: "t", operations: [{ delete: "a" }] }),
  "a part of a file": (hub) =>
    hub.models.files
      .download({ repo: "owner/name", path: "f", range: { start: 3, end: 9 } })
      .then((file) => file.bytes()),
  "a stream": async (hub) => {
    for await (const _ of hub.jobs.streamLogs({ namespace: "ns", jobId: "1" }));
  },
};

const signedUrl = `https://cdn.example/f?X-Amz-Expires=60&X-Amz-Signature=${encodeURIComponent(signature)}`;

function textsOf(value: unknown): string[] {
  if (typeof value === "string") return [value];
  return typeof value === "object" && value !== null ? Object.entries(value).flat().flatMap(textsOf) : [];
}

function expectSafe(error: HubError, known: readonly string[]): void {
  for (const view of views(error)) for (const secret of known) expect(leaks(view, secret)).toEqual([]);
  const { message, code = "", requestId = "", url = "", serverMessage = "", body: told } = error as HubResponseError;
  for (const text of [message, code, requestId, url, serverMessage, ...textsOf(told)]) {
    expect(text).not.toMatch(unreadable);
  }
  expect(message.length).toBeLessThan(700);
  expect(code.length).toBeLessThanOrEqual(64);
  expect(requestId.length).toBeLessThanOrEqual(200);
  expect(serverMessage.length).toBeLessThanOrEqual(300);
}

describe("whatever a response holds, an error shows no secret and no character that deceives the reader:", () => {
  it.each(Object.entries(calls))("%s", async (_, call) => {
    await fc.assert(
      fc.asyncProperty(responses, fc.boolean(), async (given, elsewhere) => {
        let token = rotated;
        let isFirst = true;
        const fetch = async (url: string): Promise<Response> => {
          if (isFirst) return Response.json({});
          if (elsewhere && !url.startsWith("https://cdn.example/")) {
            return new Response(null, { status: 302, headers: { location: signedUrl } });
          }
          return responseOf(given);
        };
        const hub = new Hub({ token: () => token, endpoint: "https://hub.test", fetch, retries: 0 });
        await getModel(hub);
        isFirst = false;
        token = current;
        const error: unknown = await call(hub).then(
          () => undefined,
          (reason: unknown) => reason,
        );
        if (error === undefined) return;
        expect(error).toBeInstanceOf(HubError);
        // The signature is a secret of the URL that carried it, until the next redirect.
        const isSigned = elsewhere && given.status !== 302;
        expectSafe(error as HubError, isSigned ? secrets : [current, rotated]);
      }),
      { numRuns: 100 },
    );
  });
});

describe("each spelling of a token is redacted:", () => {
  it.each(Object.entries(spellings))("%s", async (_, spell) => {
    const text = spell(current);
    server().on(
      modelPath,
      body(`<${text}>`, { status: 418, headers: { "content-type": "text/plain", "x-error-message": text } }),
    );
    const error = (await failure(getModel(hubAt(server().url, { token: current })))) as HubResponseError;
    expect(error.body).toContain("***");
    expect(error.serverMessage).toContain("***");
    expectSafe(error, [current]);
  });
});

describe("the secrets of a signed URL are redacted wherever they stand:", () => {
  const names =
    "X-Goog-Signature X-Goog-Credential sig Signature Policy Key-Pair-Id X-Amz-Signature X-Amz-Credential X-Amz-Security-Token X-Xet-Access-Token hdnts __sign __token__ access_token client_secret";
  it.each(names.split(" "))("%s", async (name) => {
    const secret = "s3cretS3cretS3cret";
    const forms = [
      `https://cdn.example/f?a=1&${name}=${secret}&b=2`,
      `https://cdn.example/f?${name.toLowerCase()}=${secret}`,
      encodeURIComponent(`https://cdn.example/f?a=1&${name}=${secret}&b=2`),
      `https://cdn.example/f?a=1\\u0026${name}\\u003d${secret}\\u0026b=2`,
      `"${name}": "${secret}"`,
      `{\\"${name}\\":\\"${secret}\\"}`,
      `https://user:${secret}@cdn.example/f`,
    ];
    for (const form of forms) {
      server().on(modelPath, body(`of ${form} not`, { status: 400, headers: { "content-type": "text/plain" } }));
      const error = await failure(getModel(hubAt(server().url)));
      for (const view of views(error)) expect(view, form).not.toContain(secret);
      expect(error).toMatchObject({ serverMessage: expect.stringMatching(/^of .* not$/) });
    }
  });

  it("also alone, as a storage repeats them of the URL that it refuses", async () => {
    const xml = `<Error><Code>SignatureDoesNotMatch</Code><SignatureProvided>${signature}</SignatureProvided></Error>`;
    const fetch = async (url: string): Promise<Response> =>
      url.startsWith("https://cdn.example/")
        ? new Response(xml, { status: 403, headers: { "content-type": "application/xml" } })
        : new Response(null, { status: 302, headers: { location: signedUrl } });
    const error = await failure(getModel(new Hub({ token: current, fetch })));
    for (const view of views(error)) expect(leaks(view, signature)).toEqual([]);
    expect(error).toMatchObject({ body: expect.stringContaining("SignatureDoesNotMatch") });
  });
});

it("a token of the Hub is redacted although this client never sent it", async () => {
  const others = ["hf_abcdefghijklmnopqrstuvwxyzABCDEFGH", "hf_jwt_eyJhbGciOi.eyJzdWIiOiIx.c2lnbmF0dXJl"];
  server().on(modelPath, body(others.join(" "), { status: 400, headers: { "content-type": "text/plain" } }));
  expect(await failure(getModel(hubAt(server().url)))).toMatchObject({ serverMessage: "*** ***", body: "*** ***" });
});

it("names that only resemble secrets stay", async () => {
  const harmless = "no token: policy is missing for hf_hub_download of org/hf-some-long-model-name; signature unknown";
  server().on(modelPath, body(harmless, { status: 400, headers: { "content-type": "text/plain" } }));
  expect(await failure(getModel(hubAt(server().url)))).toMatchObject({ serverMessage: harmless });
});

it("a token that the end of what was read cuts is not shown in part", async () => {
  // As much as is read of an error, and then the end of a token that nobody could recognize.
  for (const shown of [5, 12, current.length - 1]) {
    const text = `${"x ".repeat(32 * 1024)}`.slice(0, 64 * 1024 - shown) + current + "x".repeat(100_000);
    const chunks = [text.slice(0, 64 * 1024 + 1), text.slice(64 * 1024 + 1)];
    const stream = new ReadableStream({
      pull(controller) {
        const chunk = chunks.shift();
        if (chunk === undefined) controller.close();
        else controller.enqueue(new TextEncoder().encode(chunk));
      },
    });
    const fetch = async (): Promise<Response> => new Response(stream, { status: 400 });
    const error = (await failure(getModel(new Hub({ token: current, fetch })))) as HubResponseError;
    expect(error.body).not.toContain("hf_");
    expect(String(error.body).length).toBeGreaterThan(50_000);
  }
});

describe("the memory of tokens", () => {
  const redact = (secrets: Secrets, text: string): string => secrets.safeText().text(text);
  const tokens = Array.from({ length: 40 }, (_, index) => `token-number-${String(index).padStart(3, "0")}`);

  it("holds the latest, and is bounded", () => {
    const memory = new Secrets();
    for (const token of tokens) memory.add(token);
    expect(redact(memory, tokens.slice(-32).join(" "))).toBe(Array(32).fill("***").join(" "));
    expect(redact(memory, tokens[0] ?? "")).toBe(tokens[0]);
  });

  it("keeps one that is sent again", () => {
    const memory = new Secrets();
    for (const token of tokens) {
      memory.add(tokens[0] ?? "");
      memory.add(token);
    }
    expect(redact(memory, tokens[0] ?? "")).toBe("***");
  });

  it("takes the longer of two that begin alike", () => {
    const memory = new Secrets();
    for (const token of ["hf_abc", "hf_abcdef"]) memory.add(token);
    expect(redact(memory, "hf_abcdef hf_abc")).toBe("*** ***");
  });

  it("is seen by nobody", () => {
    const memory = new Secrets();
    memory.add(current);
    redact(memory, "x");
    for (const view of [...views(memory), ...views(memory.safeText())]) expect(leaks(view, current)).toEqual([]);
  });
});
