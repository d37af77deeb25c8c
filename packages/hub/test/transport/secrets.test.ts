import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { describe, expect, it } from "vitest";
import { body, empty, json, page, rateLimited, redirect } from "../servers/responses.js";
import {
  bytes,
  hangUp,
  reset,
  resetInBody,
  shortBody,
  silence,
  stalledBody,
  unfinishedChunks,
} from "../servers/faults.js";
import type { Handler } from "../servers/fault-server.js";
import type { RequestEvent } from "../../src/options.js";
import { redactUrl } from "../../src/transport/redact.js";
import { views } from "../servers/views.js";
import { failure, getModel, hubAt, model, modelPath, token, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { settled } from "../servers/waits.js";

const server = useFaultServer();

const echo = (status: number, make: (text: string) => string, headers: Record<string, string> = {}): Handler => {
  return (exchange) => {
    const sent = exchange.request.headers.authorization ?? "";
    const echoed = Object.fromEntries(Object.entries(headers).map(([name, value]) => [name, value + sent]));
    return body(make(sent), { status, headers: { "content-type": "application/json", ...echoed } })(exchange);
  };
};

const faults: Record<string, Handler> = {
  "a reset": reset,
  "a hang-up": hangUp,
  silence: silence,
  "a short body": shortBody('{"id":'),
  "unfinished chunks": unfinishedChunks('{"id":'),
  "a reset in the body": resetInBody('{"id":'),
  "a stalled body": stalledBody('{"id":'),
  "broken JSON": body("{", { headers: { "content-type": "application/json" } }),
  HTML: body("<html>", { headers: { "content-type": "text/html" } }),
  "no HTTP": bytes("SSH-2.0-hello\r\n"),
  "a server error": json({ error: "oops" }, { status: 500 }),
  "an unknown token": json({ error: "Invalid credentials" }, { status: 401 }),
  "a refusal": json({ error: "no" }, { status: 403 }),
  "a used-up quota": rateLimited({ ratelimit: '"api";r=0;t=299' }),
  "a redirect to nowhere": redirect(302, undefined),
  "a redirect to a file": redirect(302, "file:///etc/passwd"),
  "an empty response": empty(200, { "content-type": "application/json" }),
  "an error that repeats the token": echo(400, (sent) => JSON.stringify({ error: `bad header ${sent}`, sent })),
  "headers that repeat the token": echo(404, () => "{}", {
    "x-error-message": "bad ",
    "x-request-id": "id ",
    "x-error-code": "C",
  }),
  "broken JSON that repeats the token": echo(200, (sent) => sent),
  "a redirect that repeats the token": (exchange) =>
    redirect(302, `/api/gone?sent=${exchange.request.headers.authorization?.slice(7)}`)(exchange),
};

describe("no error shows the token", () => {
  it.each(Object.entries(faults))("after %s", async (_, response) => {
    server().on(modelPath, response);
    const hub = hubAt(server().url, { retries: 0, timeout: 150 });
    const errors = [
      await failure(getModel(hub)),
      await failure(hub.models.updateSettings({ repo: "owner/name", private: true }).then(() => getModel(hub))),
      await failure(getModel(hub, { signal: AbortSignal.abort() })),
    ];
    for (const error of errors) for (const view of views(error)) expect(view).not.toContain(token);
  });

  it("when the server's own bytes, being no HTTP, repeat it", async () => {
    server().on(modelPath, (exchange) => bytes(`${exchange.request.headers.authorization}\r\n\r\n`)(exchange));
    const error = await failure(getModel(hubAt(server().url, { retries: 0 })));
    for (const view of views(error)) expect(view).not.toContain(token);
  });
});

describe("a response with a good status that repeats the token shows it to nobody", () => {
  const words = `Invalid token ${token}`;

  it("where a list was due", async () => {
    server().on("/api/models", json({ error: words }));
    const error = await failure(hubAt(server().url).models.list().toArray());
    expect(String(error)).toContain("Invalid token ***");
    for (const view of views(error)) expect(view).not.toContain(token);
  });

  it("where a large file was to be uploaded", async () => {
    const file = { path: "weights.bin", content: new Uint8Array([0]) };
    const oid = createHash("sha256").update(file.content).digest("hex");
    const modes = [{ path: file.path, uploadMode: "lfs", shouldIgnore: false }];
    server().on("/api/models/owner/name/preupload/main", json({ files: modes, commitOid: "a".repeat(40) }));
    server().on(
      "/owner/name.git/info/lfs/objects/batch",
      json({ objects: [{ oid, size: 1, error: { code: 401, message: words } }] }),
    );
    const error = await failure(hubAt(server().url).models.files.upload({ repo: "owner/name", ...file }));
    expect(String(error)).toContain("the Hub refuses weights.bin: Invalid token ***");
    for (const view of views(error)) expect(view).not.toContain(token);
  });
});

describe("a body that breaks off where the runtime quotes what the server sent shows no token", () => {
  /** The size of a chunk cannot be read. Node quotes the bytes that came with it. */
  const broken =
    (type: string, start: string): Handler =>
    async ({ socket }) => {
      const size = start.length.toString(16);
      socket.write(
        `HTTP/1.1 200 OK\r\ncontent-type: ${type}\r\ntransfer-encoding: chunked\r\n\r\n${size}\r\n${start}\r\n`,
      );
      await settled();
      socket.write(`zz${token}\r\n`);
    };
  const options = { retries: 0, timeout: 1000 };

  const readings: [string, () => Promise<unknown>][] = [
    ["a call", () => getModel(hubAt(server().url, options))],
    [
      "a download",
      async () =>
        await (await hubAt(server().url, options).models.files.download({ repo: "owner/name", path: "file" })).bytes(),
    ],
    [
      "an event stream",
      async () => {
        for await (const _ of hubAt(server().url, options).jobs.streamLogs({ namespace: "ns", jobId: "1" }));
      },
    ],
  ];

  it.each(readings)("%s", async (name, read) => {
    withoutBackOff();
    const type = name === "an event stream" ? "text/event-stream" : "application/json";
    server().otherwise(broken(type, "[1"));
    const error = await failure(read());
    const quoted = (error as { cause?: { cause?: { data?: unknown } } }).cause?.cause?.data;
    // Where Node no longer quotes anything, this test proves nothing.
    expect(String(quoted)).toContain("zz");
    for (const view of views(error)) expect(view).not.toContain(token);
  });
});

describe("the client", () => {
  it("shows no token when it is inspected, written or cloned", () => {
    const hub = hubAt(server().url);
    const clone = (): unknown => {
      try {
        return structuredClone(hub);
      } catch (error) {
        return error;
      }
    };
    for (const value of [hub, hub.models, hub.raw, clone()]) {
      for (const view of views(value)) expect(view).not.toContain(token);
    }
  });

  it("prints nothing, whatever debug output is asked for", () => {
    const script = `
      const { Hub } = await import(${JSON.stringify(new URL("../../src/hub.ts", import.meta.url).href)});
      const hub = new Hub({ token: ${JSON.stringify(token)}, endpoint: "http://127.0.0.1:59999", retries: 1 });
      await hub.models.get({ repo: "owner/name" }).catch(() => undefined);`;
    const { stdout, stderr, status } = spawnSync(
      process.execPath,
      ["--import", "tsx", "--input-type=module", "-e", script],
      {
        env: { ...process.env, DEBUG: "*", NODE_DEBUG: "fetch,undici" },
        encoding: "utf8",
      },
    );
    expect(status, stderr).toBe(0);
    expect(stdout + stderr).not.toContain(token);
  });
});

describe("observers", () => {
  it("see addresses without signatures, and no token", async () => {
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { observe: (event) => events.push(event), retries: 1 });
    server().on(modelPath, reset, redirect(307, "/signed?X-Amz-Signature=s3cret&Signature=s3cret&token=s3cret&x=1"));
    server().on("/signed", json(model, { headers: { "set-cookie": "s3cret", "x-xet-access-token": "s3cret" } }));
    await getModel(hub);
    expect(events.map(({ type }) => type)).toEqual(["request", "retry", "request", "response"]);
    expect(JSON.stringify(events)).not.toContain("s3cret");
    for (const view of views(events)) expect(view).not.toContain(token);
    expect(events.at(-1)).toMatchObject({ url: expect.stringContaining("x=1") });
  });

  it("see no token that a redirect repeats in its address", async () => {
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { observe: (event) => events.push(event), retries: 1 });
    server().on(modelPath, redirect(307, `/there/${token}?sent=${token}`));
    server().on(`/there/${token}`, json({ error: "oops" }, { status: 503 }), json(model));
    withoutBackOff();
    await getModel(hub);
    expect(events.map(({ type }) => type)).toEqual(["request", "response", "retry", "request", "response"]);
    expect(events.at(-1)).toMatchObject({ url: `${server().url}/there/***?sent=***`, status: 200 });
    for (const view of views(events)) expect(view).not.toContain(token);
  });

  it("see the same address in the request and in its retry", async () => {
    withoutBackOff();
    const events: RequestEvent[] = [];
    const hub = hubAt(server().url, { observe: (event) => events.push(event), retries: 1 });
    server().on("/api/models", page([1], "/api/models?cursor=a&token=s3cret"), reset, page([2]));
    await hub.models.list().toArray();
    const urls = new Set(
      events
        .filter((event) => event.type !== "gap" && event.attempt === 1)
        .slice(2)
        .map(({ url }) => url),
    );
    expect([...urls]).toEqual([`${server().url}/api/models?cursor=a&token=***`]);
  });
});

it.each([
  "X-Amz-Signature",
  "X-Amz-Credential",
  "X-Amz-Security-Token",
  "Signature",
  "Policy",
  "Key-Pair-Id",
  "token",
  "access_token",
])("an address is shown without its %s", (name) => {
  const shown = redactUrl(`https://user:s3cret@cdn.example/file?a=1&${name}=s3cret&${name.toLowerCase()}=s3cret&b=2`);
  expect(shown).not.toContain("s3cret");
  expect(shown).toMatch(/a=1.*b=2/);
});
