import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { existsSync, mkdirSync, readdirSync, rmSync } from "node:fs";
import {
  chmod,
  mkdir,
  open,
  readdir,
  readFile,
  readlink,
  stat,
  symlink,
  writeFile,
  type FileHandle,
} from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { input, isSame, serveFile, someBytes } from "../../../test/servers/file-server.js";
import { filesBelow, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { failure, withoutBackOff } from "../../../test/servers/setup.js";
import { HubConnectionError, HubInputError, HubIntegrityError, HubResponseError } from "../../errors.js";
import { Hub } from "../../hub.js";
import { settled } from "../../../test/servers/waits.js";
import { downloadTo } from "./download-to.js";
import { isPartialFile } from "../file-system/partial-file.js";

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

  // Windows has no such permissions, and makes links for administrators alone.
  describe.skipIf(process.platform === "win32")("of a file that is there", () => {
    const small = content.subarray(0, 10);
    let existing: string;
    beforeEach(async () => {
      existing = join(folder, "real/existing.bin");
      await mkdir(join(folder, "real"));
      await writeFile(existing, "as before");
    });

    it.each([0o600, 0o640, 0o666, 0o755])("keeps its permissions %i, and nobody else ever sees more", async (mode) => {
      await chmod(existing, mode);
      const probe = await open(existing);
      const methods = Object.getPrototypeOf(probe) as FileHandle;
      await probe.close();
      const change = methods.chmod;
      const before: number[] = [];
      vi.spyOn(methods, "chmod").mockImplementation(async function (this: FileHandle, wanted) {
        before.push((await this.stat()).mode & 0o777);
        await change.call(this, wanted);
      });
      const { hub } = await serveFile("hub", small);
      await downloadTo(hub.models, input, existing);
      expect(before.map((created) => created & ~mode)).toEqual([0]);
      expect((await stat(existing)).mode & 0o777).toBe(mode);
      expect(isSame(await readFile(existing), small)).toBe(true);
    });

    it("writes the file that a link leads to, and leaves the link", async () => {
      const { hub } = await serveFile("hub", small);
      await symlink("existing.bin", join(folder, "real/link"));
      await symlink("real/link", join(folder, "link to the link"));
      await downloadTo(hub.models, input, join(folder, "link to the link"));
      expect(isSame(await readFile(existing), small)).toBe(true);
      expect(await readlink(join(folder, "link to the link"))).toBe("real/link");
      expect(await readlink(join(folder, "real/link"))).toBe("existing.bin");
      expect((await readdir(join(folder, "real"))).toSorted()).toEqual(["existing.bin", "link"]);
    });

    it("makes the file that a link leads to nowhere, from where the link is", async () => {
      const { hub } = await serveFile("hub", small);
      await mkdir(join(folder, "far/away"), { recursive: true });
      await symlink("../../real", join(folder, "far/away/link"));
      await symlink("../new/file.bin", join(folder, "real/dangling"));
      await downloadTo(hub.models, input, join(folder, "far/away/link/dangling"));
      expect(isSame(await readFile(join(folder, "new/file.bin")), small)).toBe(true);
    });
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
    vi.spyOn(methods, "writev").mockImplementation(function (this: FileHandle, buffers, position) {
      writes += 1;
      const [first = new Uint8Array()] = buffers;
      const view = new Uint8Array(first.buffer, first.byteOffset, Math.max(1, Math.min(first.byteLength, 50_000)));
      return writev.call(this, [view], position);
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
    ["early, for good", { cut: 1_000_000 }, HubConnectionError],
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
    expect(await readFile(join(own, "weights.bin"), "utf8")).toBe("as before");
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

  it("by the file system says which file it was, and lets the connection go", async () => {
    const { hub, read } = await serveFile("storage", content, () => ({ silentAfter: 10 }));
    const name = join(folder, "n".repeat(300), "file");
    const error = await failure(downloadTo(hub.models, input, name));
    expect(error).toMatchObject({ name: "HubError", cause: { code: "ENAMETOOLONG" } });
    expect(String(error)).toContain(`${name} cannot be written: ENAMETOOLONG`);
    await read[0]?.closed;
    expect(await filesBelow(folder)).toEqual({});
  });

  it("says why, whatever goes wrong in cleaning up", async () => {
    const probe = await open(join(folder, "probe"), "w");
    const methods = Object.getPrototypeOf(probe) as FileHandle;
    await probe.close();
    const { hub } = await serveFile("storage", content, () => ({ cut: 1_500_000 }));
    const places: string[] = [];
    /** Puts a folder in the place of the partial file, which cannot be removed as a file. */
    const onProgress = ({ loaded }: { loaded: number }): void => {
      if (loaded !== 1_500_000) return;
      const name = readdirSync(join(folder, "deep/er")).find(isPartialFile) ?? "none";
      places.push(join(folder, "deep/er", name));
      rmSync(places.at(-1) ?? "");
      mkdirSync(places.at(-1) ?? "");
    };
    const download = (options = {}) => failure(downloadTo(hub.models, input, target, { retries: 0, ...options }));
    expect(await download({ onProgress })).toBeInstanceOf(HubConnectionError);
    expect(places.map((place) => existsSync(place))).toEqual([true]);
    // A write that fails after the connection did says less.
    vi.spyOn(methods, "writev").mockRejectedValue(new Error("a consequence"));
    expect(await download()).toBeInstanceOf(HubConnectionError);
  });

  it("with wrong bytes names the file", async () => {
    const { hub } = await serveFile("storage", content, () => ({ content: wrong }));
    const error = await failure(downloadTo(hub.models, input, target));
    expect(error).toMatchObject({ name: "HubIntegrityError", cause: { name: "HubIntegrityError" } });
    expect(String(error)).toContain(`${target}: the file has the SHA-256`);
  });

  it("because a file is where a folder has to be asks for nothing", async () => {
    const { hub, asked } = await serveFile("hub", content);
    const own = await temporaryFolder({ file: "not a folder" });
    for (const name of ["file/below", "file/far/below"]) {
      const error = await failure(downloadTo(hub.models, input, join(own, name)));
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain(`${join(own, "file")} is not a folder, so ${join(own, name)} cannot be written`);
    }
    expect(asked).toEqual([]);
    expect(await filesBelow(own)).toEqual({ file: "not a folder" });
  });

  it.skipIf(process.platform === "win32")("because the target is no regular file asks for nothing", async () => {
    const { hub, asked } = await serveFile("hub", content);
    execFileSync("mkfifo", [join(folder, "pipe")]);
    await symlink("/dev/null", join(folder, "link to a device"));
    const socket = createServer().listen(join(folder, "socket"));
    onTestFinished(() => void socket.close());
    await once(socket, "listening");
    await symlink("loop", join(folder, "loop"));
    for (const [name, kind] of [
      [join(folder, "pipe"), "is a named pipe; only regular files are written"],
      ["/dev/null", "is a device"],
      [join(folder, "link to a device"), "is a device"],
      [join(folder, "socket"), "is a socket"],
      [join(folder, "loop"), "is a link that leads to itself"],
    ] as const) {
      const error = await failure(downloadTo(hub.models, input, name));
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain(`${name} ${kind}`);
    }
    expect(asked).toEqual([]);
    expect((await stat("/dev/null")).isCharacterDevice()).toBe(true);
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

  it("by the signal, early, leaves nothing behind", async () => {
    const { hub } = await serveFile("storage", content, () => ({ silentAfter: 1_000_000 }));
    const controller = new AbortController();
    const reason = new Error("enough");
    const onProgress = ({ loaded }: { loaded: number }): void => {
      if (loaded === 1_000_000) void settled().then(() => controller.abort(reason));
    };
    const error = await failure(downloadTo(hub.models, input, target, { signal: controller.signal, onProgress }));
    expect(error).toBe(reason);
    expect(await filesBelow(folder)).toEqual({});
  });
});
