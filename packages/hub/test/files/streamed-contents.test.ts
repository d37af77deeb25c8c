import { createReadStream } from "node:fs";
import { join } from "node:path";
import { Readable } from "node:stream";
import type { ReadableStream as NodeReadableStream } from "node:stream/web";
import { describe, expect, it, vi } from "vitest";
import { HubInputError } from "../../src/errors.js";
import type { FileContent } from "../../src/files/file-content.js";
import { failure } from "../servers/setup.js";
import { MockRepo, repo } from "../servers/mock-repo.js";
import { arrived, settled, within } from "../servers/waits.js";
import { temporaryFolder } from "./temporary-folder.js";

const text = "line\n".repeat(50_000);
const reason = new Error("enough");

async function* pieces(): AsyncGenerator<Uint8Array> {
  for (const piece of text.match(/[^]{1,60000}/g) ?? []) yield new TextEncoder().encode(piece);
}

async function nodeStream(): Promise<Readable> {
  return createReadStream(join(await temporaryFolder({ file: text }), "file"));
}

describe("a stream of bytes becomes a file:", () => {
  it.each<[string, () => FileContent | Promise<FileContent>]>([
    ["a generator's", pieces],
    ["Node's own", nodeStream],
    [
      "Node's own as a web stream",
      async () => Readable.toWeb(await nodeStream()) as NodeReadableStream<Uint8Array> as ReadableStream<Uint8Array>,
    ],
  ])("%s", async (_, contentOf) => {
    const own = await MockRepo.create();
    await own.hub.models.files.upload({ repo, path: "file", content: await contentOf() });
    expect(own.files()["file"]).toBe(text);
  });
});

describe("a stream of what is no bytes", () => {
  const streamOf = (chunk: unknown, onCancel: () => void): FileContent => {
    let left = 3;
    return new ReadableStream({
      pull(controller) {
        if (left === 0) controller.close();
        else controller.enqueue(chunk as Uint8Array);
        left -= 1;
      },
      cancel: onCancel,
    });
  };

  it.each([
    ["text", "text"],
    ["a number", 7],
    ["an ArrayBuffer", new ArrayBuffer(3)],
    ["nothing", null],
  ])("such as %s is refused with the name of its file, and ended", async (_, chunk) => {
    const own = await MockRepo.create();
    let cancelled = 0;
    const content = streamOf(chunk, () => (cancelled += 1));
    const error = await failure(own.hub.models.files.upload({ repo, path: "dir/file", content }));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain("the stream for dir/file holds");
    expect(cancelled).toBe(1);
    expect(own.sent).toEqual([]);
  });

  it("is refused from an iterator as well", async () => {
    const own = await MockRepo.create();
    const content = Readable.from(["text"]) as unknown as AsyncIterable<Uint8Array>;
    const error = await failure(own.hub.models.files.upload({ repo, path: "dir/file", content }));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain("the stream for dir/file holds text");
    expect(own.sent).toEqual([]);
  });
});

describe("a stream that stalls", () => {
  /** Call back when somebody waits for what never comes. */
  const stalling: Record<string, (onStall: () => void) => FileContent> = {
    "a web stream": (onStall) => new ReadableStream<Uint8Array>({ pull: onStall }, { highWaterMark: 0 }),
    "a generator": async function* (onStall) {
      yield new Uint8Array([1]);
      onStall();
      await new Promise(() => undefined);
    },
    "a web stream that cannot be cancelled": (onStall) =>
      new ReadableStream<Uint8Array>(
        {
          pull: onStall,
          cancel() {
            throw new Error("nor can it be ended");
          },
        },
        { highWaterMark: 0 },
      ),
  };

  it.each(Object.entries(stalling))("ends with signal and deadline: %s", async (_, contentOf) => {
    const own = await MockRepo.create();
    const onStall = vi.fn();
    const upload = (options: { signal?: AbortSignal; deadline?: number }): Promise<unknown> =>
      failure(own.hub.models.files.upload({ repo, path: "file", content: contentOf(onStall) }, options));
    const controller = new AbortController();
    const call = upload({ signal: controller.signal });
    await arrived(onStall.mock.calls);
    await settled();
    controller.abort(reason);
    expect(await within(1000, call)).toBe(reason);
    const late = { name: "HubTimeoutError", timeout: 30 };
    expect(await within(1000, upload({ deadline: 30 }))).toMatchObject(late);
    expect(await within(1000, upload({ signal: AbortSignal.abort(reason) }))).toBe(reason);
    expect(own.sent).toEqual([]);
  });
});

it("files that fail by a signal that was aborted before bother nobody", async () => {
  const own = await MockRepo.create();
  const signal = AbortSignal.abort(reason);
  async function* files() {
    await settled();
    signal.throwIfAborted();
    yield { path: "a", content: "a" };
  }
  expect(await failure(own.hub.models.files.upload({ repo, files: files() }, { signal }))).toBe(reason);
  await settled();
  await settled();
  expect(own.sent).toEqual([]);
});
