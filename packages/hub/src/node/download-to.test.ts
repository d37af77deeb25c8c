import { existsSync } from "node:fs";
import { mkdir, open, readFile, stat, type FileHandle } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { input, isSame, serveFile, someBytes } from "../../test/servers/file-server.js";
import { filesBelow, temporaryFolder } from "../../test/files/temporary-folder.js";
import { failure, withoutBackOff } from "../../test/servers/setup.js";
import { HubConnectionError, HubInputError, HubIntegrityError, HubResponseError } from "../errors.js";
import { Hub } from "../hub.js";
import { downloadTo } from "./download-to.js";

const content = someBytes(3_000_001);

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  target = join(folder, "deep/er/weights.bin");
});
afterEach(() => vi.restoreAllMocks());

describe("a download to the disk", () => {
  it("has every byte of the file, also when the connection breaks", async () => {
    const { hub } = await serveFile("storage", content, (nth) => (nth < 4 ? { cut: 777_777 } : {}));
    const loaded: number[] = [];
    const onProgress = (step: { loaded: number }): void => void loaded.push(step.loaded);
    const file = await downloadTo(hub.models, input, target, { onProgress });
    expect(isSame(await readFile(target), content)).toBe(true);
    expect(file).toMatchObject({ size: content.length, status: 200 });
    expect(() => file.stream()).toThrow("was read or closed already");
    expect(loaded.at(-1)).toBe(content.length);
  });

  it("takes a file URL, and puts itself in the place of an older file", async () => {
    const { hub } = await serveFile("hub", content.subarray(0, 10));
    await mkdir(join(folder, "deep/er"), { recursive: true });
    for (let count = 0; count < 2; count += 1) await downloadTo(hub.models, input, pathToFileURL(target));
    expect(isSame(await readFile(target), content.subarray(0, 10))).toBe(true);
    expect(Object.keys(await filesBelow(folder))).toEqual(["deep/er/weights.bin"]);
  });

  it("can be of an empty file", async () => {
    const { hub } = await serveFile("hub", new Uint8Array());
    await downloadTo(hub.models, input, target);
    expect((await stat(target)).size).toBe(0);
  });

  it("is not there before it is whole", async () => {
    const { hub } = await serveFile("storage", content, (nth) => (nth === 1 ? { cut: 2_000_000 } : {}));
    const seen = new Set<boolean>();
    await downloadTo(hub.models, input, target, { onProgress: () => seen.add(existsSync(target)) });
    expect([...seen, existsSync(target)]).toEqual([false, true]);
  });

  it("takes a disk that writes less than it is given", async () => {
    const probe = await open(join(folder, "probe"), "w");
    const methods = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const writev = methods.writev;
    let writes = 0;
    vi.spyOn(methods, "writev").mockImplementation(function (this: FileHandle, buffers) {
      writes += 1;
      const [first = new Uint8Array()] = buffers;
      const view = new Uint8Array(first.buffer, first.byteOffset, Math.max(1, Math.min(first.byteLength, 50_000)));
      return writev.call(this, [view]);
    });
    const { hub } = await serveFile("hub", content);
    await downloadTo(hub.models, input, target);
    expect(isSame(await readFile(target), content)).toBe(true);
    expect(writes).toBeGreaterThan(50);
  });
});

describe("a download to the disk that fails", () => {
  const wrong = content.with(5, (content[5] ?? 0) ^ 1);

  it.each([
    ["with wrong bytes", { content: wrong }, HubIntegrityError],
    ["in the middle, for good", { cut: 1_500_000 }, HubConnectionError],
    ["with too many bytes", { linked: { size: content.length - 1 } }, HubIntegrityError],
  ] as const)("%s leaves nothing behind", async (_, twist, kind) => {
    withoutBackOff();
    const { hub } = await serveFile("storage", content, () => twist);
    const error = await failure(downloadTo(hub.models, input, target, { retries: 0 }));
    expect(error).toBeInstanceOf(kind);
    expect(await filesBelow(folder)).toEqual({});
  });

  it("leaves the file alone that was there", async () => {
    const { hub } = await serveFile("storage", content, () => ({ cut: 1_500_000 }));
    const own = await temporaryFolder({ "weights.bin": "as before" });
    await failure(downloadTo(hub.models, input, join(own, "weights.bin"), { retries: 0 }));
    expect(await filesBelow(own)).toEqual({ "weights.bin": "as before" });
  });

  it("with no such file makes no folders", async () => {
    const hub = new Hub({
      endpoint: "https://hub.example",
      token: null,
      fetch: async () => new Response("Entry not found", { status: 404 }),
    });
    expect(await failure(downloadTo(hub.models, input, target))).toBeInstanceOf(HubResponseError);
    await expect(stat(join(folder, "deep"))).rejects.toThrow("ENOENT");
  });

  it("on the disk lets the connection go", async () => {
    const { hub, read } = await serveFile("storage", content, () => ({ silentAfter: 10 }));
    const own = await temporaryFolder({ file: "not a folder" });
    expect(await failure(downloadTo(hub.models, input, join(own, "file/below")))).toMatchObject({ code: "ENOTDIR" });
    await read[0]?.gone;
    expect(await filesBelow(own)).toEqual({ file: "not a folder" });
  });

  it.each([
    ["is a folder", "deep/er", ""],
    ["is named like a folder", "deep", "er/"],
    ["is named like a folder of Windows", "deep", "er\\"],
  ])("because the target %s asks for nothing", async (_, made, named) => {
    const { hub, asked } = await serveFile("hub", content);
    await mkdir(join(folder, made), { recursive: true });
    const name = named === "" ? join(folder, made) : `${folder}/${made}/${named}`;
    const error = await failure(downloadTo(hub.models, input, name));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain(`${name} is a folder; name the file that is to be written`);
    expect(asked).toEqual([]);
    expect(await filesBelow(folder)).toEqual({});
  });

  it("by the signal leaves nothing behind", async () => {
    const { hub } = await serveFile("storage", content, () => ({ silentAfter: 1_500_000 }));
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = ({ loaded }: { loaded: number }): void => {
      if (loaded === 1_500_000) setTimeout(() => controller.abort(reason));
    };
    const error = await failure(downloadTo(hub.models, input, target, { signal: controller.signal, onProgress }));
    expect(error).toBe(reason);
    expect(await filesBelow(folder)).toEqual({});
  });
});
