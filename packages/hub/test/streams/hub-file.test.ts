import { createHash, randomBytes } from "node:crypto";
import { describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError, HubResponseError, HubTimeoutError } from "../../src/errors.js";
import { download } from "../../src/files/download/download.js";
import type { HubFile } from "../../src/files/download/hub-file.js";
import type { RequestOptions } from "../../src/options.js";
import { connect, serve, type Visit } from "../servers/event-server.js";
import { failure } from "../servers/setup.js";
import { closes, holdTimers, settled, within } from "../servers/waits.js";

async function open(url: string, options: RequestOptions = {}): Promise<HubFile> {
  const path = { namespace: "ns", repo: "repo", rev: "main", path: "dir/weights.bin" };
  const transport = connect(url);
  return await download(
    (request) => transport.open("/{namespace}/{repo}/resolve/{rev}/{path}", { path, ...request }),
    options,
  );
}

const content = randomBytes(100_000);
const known = {
  "x-repo-commit": "c".repeat(40),
  "x-linked-size": String(content.length),
  "x-linked-etag": `"${createHash("sha256").update(content).digest("hex")}"`,
  "x-xet-hash": "e".repeat(64),
};

function whole({ response }: Visit): void {
  response.writeHead(200, { "content-type": "application/octet-stream", "content-length": content.length });
  response.end(content);
}

/** Half of the body, then nothing, or the end of the connection. */
function half(then: "cut" | "stay") {
  return ({ response }: Visit): void => {
    response.writeHead(200, { "content-length": content.length, etag: 'W/"abc"' });
    response.write(content.subarray(0, 50_000));
    // What was written still arrives.
    if (then === "cut") response.socket?.end();
  };
}

describe("what is known of a file", () => {
  it("comes from the Hub's redirect where another server has the bytes", async () => {
    const { url: elsewhere, visits } = await serve(({ response }) =>
      response.writeHead(200, { etag: '"another"', "content-length": content.length }).end(content),
    );
    const { url } = await serve(({ response }) =>
      response.writeHead(302, { ...known, location: `${elsewhere}/blob?Signature=s` }).end(),
    );
    const file = await open(url);
    expect(file).toMatchObject({
      size: content.length,
      etag: known["x-linked-etag"].slice(1, -1),
      commit: known["x-repo-commit"],
      xetHash: known["x-xet-hash"],
      status: 200,
    });
    expect(Buffer.from(await file.bytes()).equals(content)).toBe(true);
    expect(visits[0]?.headers.authorization).toBeUndefined();
  });

  it("comes from the response where the Hub has the bytes itself", async () => {
    const { url } = await serve(({ response }) =>
      response
        .writeHead(200, {
          "x-repo-commit": known["x-repo-commit"],
          "content-type": "text/plain; charset=utf-8",
          etag: 'W/"f00"',
          "content-length": 5,
        })
        .end("hello"),
    );
    const file = await open(url);
    expect(file).toMatchObject({
      size: 5,
      etag: "f00",
      commit: known["x-repo-commit"],
      xetHash: undefined,
      contentType: "text/plain; charset=utf-8",
    });
    expect(file.headers.get("etag")).toBe('W/"f00"');
    expect(await file.text()).toBe("hello");
  });

  it("is undefined where nobody says it, or says what is no number", async () => {
    const { url } = await serve(({ response }) => response.writeHead(200, { "x-linked-size": "big" }).end("chunked"));
    const file = await open(url);
    expect(file).toMatchObject({ size: undefined, etag: undefined, commit: undefined, contentType: undefined });
    expect(await file.text()).toBe("chunked");
  });

  it("has no size where only that of a compressed body is told", async () => {
    const { gzipSync } = await import("node:zlib");
    const zipped = gzipSync("hello ".repeat(1000));
    const { url } = await serve(({ response }) =>
      response.writeHead(200, { "content-encoding": "gzip", "content-length": zipped.length }).end(zipped),
    );
    const file = await open(url);
    expect(file.size).toBeUndefined();
    expect(await file.text()).toHaveLength(6000);
  });

  it("is that of the part where only a range was asked for", async () => {
    const { url: elsewhere } = await serve(({ response, headers }) => {
      expect(headers.range).toBe("bytes=10-19");
      response.writeHead(206, { "content-range": `bytes 10-19/${content.length}`, "content-length": 10 });
      response.end(content.subarray(10, 20));
    });
    const { url } = await serve(({ response }) => response.writeHead(302, { ...known, location: elsewhere }).end());
    const file = await open(url, { headers: { range: "bytes=10-19" } });
    expect(file).toMatchObject({ status: 206, size: 10, etag: known["x-linked-etag"].slice(1, -1) });
    expect(Buffer.from(await file.bytes()).equals(content.subarray(10, 20))).toBe(true);
  });

  it("is nothing when there is no such file", async () => {
    const { url } = await serve(({ response }) =>
      response.writeHead(404, { "x-error-code": "EntryNotFound" }).end("Entry not found"),
    );
    const error: unknown = await open(url).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ status: 404, code: "EntryNotFound" });
  });
});

describe("the bytes of a file", () => {
  it("arrive in pieces, as they come", async () => {
    const { url } = await serve(whole);
    const hash = createHash("sha256");
    for await (const chunk of (await open(url)).stream()) hash.update(chunk);
    expect(hash.digest("hex")).toBe(known["x-linked-etag"].slice(1, -1));
  });

  it("are decoded as JSON", async () => {
    const { url } = await serve(({ response }) => response.writeHead(200).end('\ufeff{"model_type":"测试"}'));
    expect(await (await open(url)).json()).toEqual({ model_type: "测试" });
  });

  it("are none for an empty file", async () => {
    const { url } = await serve(({ response }) => response.writeHead(200, { "content-length": 0 }).end());
    const file = await open(url);
    expect(file.size).toBe(0);
    expect(await file.bytes()).toHaveLength(0);
  });

  it("can be read once", async () => {
    const { url } = await serve(whole);
    const file = await open(url);
    await file.bytes();
    expect(() => file.stream()).toThrow(HubError);
    await expect(file.text()).rejects.toThrow(HubError);
  });

  it("reject when the connection is cut", async () => {
    const { url, visits } = await serve(half("cut"));
    const file = await open(url);
    expect(file).toMatchObject({ size: content.length, etag: "abc" });
    await expect(file.bytes()).rejects.toThrow(HubConnectionError);
    expect(visits).toHaveLength(1);
  });

  it("say where they came from without secrets when they break off", async () => {
    const { url: elsewhere } = await serve(half("cut"));
    const { url } = await serve(({ response }) =>
      response.writeHead(302, { location: `${elsewhere}/blob?X-Amz-Signature=secret` }).end(),
    );
    const error: unknown = await (await open(url)).bytes().catch((thrown: unknown) => thrown);
    expect(String(error)).toContain(`${elsewhere}/blob`);
    expect(String(error)).not.toContain("secret");
  });

  it("end with the loop that reads them", async () => {
    const { url, visits } = await serve(half("stay"));
    for await (const _ of (await open(url)).stream()) break;
    await closes(visits[0]);
  });

  it("reject with the signal's own reason", async () => {
    const { url, visits } = await serve(half("stay"));
    const controller = new AbortController();
    const reason = new Error("enough");
    const file = await open(url, { signal: controller.signal });
    const bytes = failure(file.bytes());
    await settled();
    controller.abort(reason);
    expect(await within(1000, bytes)).toBe(reason);
    await closes(visits[0]);
  });

  it("outlive the time limit of the attempt, as long as they keep coming", async () => {
    const { url } = await serve(({ response }) => {
      response.writeHead(200, { "content-length": 5 });
      let sent = 0;
      const timer = setInterval(() => {
        response.write("a");
        sent += 1;
        if (sent === 5) clearInterval(timer);
      }, 100);
    });
    expect(await (await open(url, { timeout: 300 })).text()).toBe("aaaaa");
  });

  it("reject when none comes for as long as an attempt may take", async () => {
    // The opening of the file has the same time, which a busy machine may need.
    await holdTimers();
    const { url, visits } = await serve(half("stay"));
    const file = await open(url, { timeout: 100 });
    const bytes = failure(file.bytes());
    await settled();
    await vi.advanceTimersByTimeAsync(100);
    expect(await bytes).toBeInstanceOf(HubTimeoutError);
    await closes(visits[0]);
  });

  it("end at once with the web stream that waits for more of them", async () => {
    const { url, visits } = await serve(half("stay"));
    const reader = (await open(url)).readable().getReader();
    let size = 0;
    while (size < 50_000) size += (await reader.read()).value?.byteLength ?? 0;
    await within(1000, reader.cancel());
    await closes(visits[0]);
  });

  it("have a time limit that no timer can count to", async () => {
    const { url } = await serve(whole);
    expect(await (await open(url, { timeout: 2 ** 40 })).bytes()).toHaveLength(content.length);
  });

  it("do not hurry a reader who takes its time", async () => {
    await holdTimers();
    const { url } = await serve(whole);
    let size = 0;
    for await (const chunk of (await open(url, { timeout: 50 })).stream()) {
      size += chunk.length;
      await vi.advanceTimersByTimeAsync(80);
    }
    expect(size).toBe(content.length);
  });

  it("end with the loop before it began", async () => {
    const { url, visits } = await serve(half("stay"));
    const chunks = (await open(url)).stream();
    expect(await within(1000, chunks.return())).toEqual({ done: true, value: undefined });
    await closes(visits[0]);
    expect(await chunks.next()).toEqual({ done: true, value: undefined });
  });

  it("end at once with the loop that waits for more of them", async () => {
    const { url, visits } = await serve(half("stay"));
    const chunks = (await open(url)).stream();
    let size = 0;
    while (size < 50_000) size += (await chunks.next()).value?.byteLength ?? 0;
    const pending = chunks.next().catch(() => undefined);
    await within(1000, chunks.return());
    await within(1000, pending);
    await closes(visits[0]);
  });

  it("are a web stream as well", async () => {
    const { url } = await serve(whole);
    const response = new Response((await open(url)).readable());
    expect(Buffer.from(await response.arrayBuffer()).equals(content)).toBe(true);
  });

  it("end with the web stream that somebody cancels", async () => {
    const { url, visits } = await serve(half("stay"));
    const reader = (await open(url)).readable().getReader();
    await reader.read();
    await reader.cancel();
    await closes(visits[0]);
  });

  it("are let go by close, and cannot be read after it", async () => {
    const { url, visits } = await serve(half("stay"));
    const file = await open(url);
    file.close();
    file.close();
    await closes(visits[0]);
    expect(() => file.stream()).toThrow(HubError);
  });

  it("wait for a slow reader: nobody keeps what was not read yet", async () => {
    const size = 256 * 1024 * 1024;
    const chunk = Buffer.alloc(256 * 1024);
    let sent = 0;
    const { url } = await serve(({ response }) => {
      response.writeHead(200, { "content-length": size });
      const write = (): void => {
        while (sent < size) {
          sent += chunk.length;
          if (!response.write(chunk)) return void response.once("drain", write);
        }
        response.end();
      };
      write();
    });
    let received = 0;
    for await (const bytes of (await open(url)).stream()) {
      received += bytes.length;
      await settled();
      // What the sockets of both sides hold, and no more.
      expect(sent - received).toBeLessThan(32 * 1024 * 1024);
      if (received > 8 * 1024 * 1024) break;
    }
    expect(sent).toBeLessThan(48 * 1024 * 1024);
  });
});
