import fs from "node:fs";
import { chmod, mkdir, open, readdir, readFile, symlink, type FileHandle } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { basename, join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { filesBelow, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { isSame, sha256, someBytes } from "../../../test/servers/file-server.js";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { failure } from "../../../test/servers/setup.js";
import { HubError, HubInputError } from "../../errors.js";
import { snapshot } from "../cache/snapshot.js";
import { isPartialFile } from "../file-system/partial-file.js";
import { downloadFolder } from "./download-folder.js";

const content = someBytes(3_000_001);
let own: MockRepo;
let folder: string;
let methods: FileHandle;
beforeEach(async () => {
  own = await MockRepo.create();
  folder = await temporaryFolder();
  const files = [
    { path: "data/weights.bin", content },
    { path: "config.json", content: "{}" },
  ];
  await own.hub.models.files.upload({ repo, files });
  const probe = await open(process.execPath);
  methods = Object.getPrototypeOf(probe) as FileHandle;
  await probe.close();
});
afterEach(() => {
  vi.restoreAllMocks();
  syncBuiltinESMExports();
});

const full = (): Error => Object.assign(new Error("ENOSPC: no space left on device, write"), { code: "ENOSPC" });

/** Both ways to bring many files, and where they put them. */
const ways = {
  downloadFolder: (to: string, revision = "main") => downloadFolder(own.hub.models, { repo, revision }, to),
  snapshot: (to: string, revision = "main") => snapshot(own.hub.models, { repo, revision }, { cache: to }),
};
const partials = async (): Promise<string[]> =>
  (await readdir(folder, { recursive: true })).filter((path) => isPartialFile(basename(path)));

async function isWhole(): Promise<void> {
  const large = Object.values(await filesBelow(folder)).find((text) => text.length === content.length) ?? "";
  expect(isSame(Buffer.from(large, "latin1"), content)).toBe(true);
  expect(await partials()).toEqual([]);
}

describe.each(["downloadFolder", "snapshot"] as const)("%s", (way) => {
  it.each(["writev", "datasync"] as const)(
    "says that the disk is full (%s), and goes on when it is not",
    async (call) => {
      // Only the cache survives a power failure.
      if (call === "datasync" && way === "downloadFolder") return;
      const original = methods[call] as (this: FileHandle, ...input: unknown[]) => Promise<unknown>;
      vi.spyOn(methods, call).mockImplementation(async function (this: FileHandle, ...input: unknown[]) {
        const result = await original.call(this, ...input);
        const size = (await this.stat()).size;
        if (size > 1_000_000) throw full();
        return result as never;
      });
      const error = await failure(ways[way](folder));
      vi.restoreAllMocks();
      expect(error).toMatchObject({ name: "HubError", cause: { code: "ENOSPC" } });
      expect(String(error)).toMatch(/ cannot be written: ENOSPC: no space left on device/);
      // What has its name is whole.
      const there = Object.entries(await filesBelow(folder)).filter(([path]) => !isPartialFile(basename(path)));
      expect(there.filter(([, text]) => text.startsWith("{") && text !== "{}")).toEqual([]);
      expect(there.filter(([path]) => path.endsWith("weights.bin") || path.endsWith(sha256(content)))).toEqual([]);
      await ways[way](folder);
      await isWhole();
    },
  );

  it("names the folder that it may not write to", async () => {
    const denied = Object.assign(new Error("EROFS: read-only file system"), { code: "EROFS" });
    for (const name of ["open", "mkdir"] as const) vi.spyOn(fs.promises, name).mockRejectedValue(denied);
    syncBuiltinESMExports();
    const error = await failure(ways[way](folder));
    expect(error).toMatchObject({ name: "HubError", cause: { code: "EROFS" } });
    expect(String(error)).toContain(folder);
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)("says that a folder is read-only", async () => {
    await chmod(folder, 0o555);
    expect(await failure(ways[way](folder))).toMatchObject({ cause: { code: "EACCES" } });
    await chmod(folder, 0o755);
  });

  it.skipIf(process.platform === "win32")("refuses a folder that is a link to itself", async () => {
    await symlink("loop", join(folder, "loop"));
    const error = await failure(ways[way](join(folder, "loop/below")));
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toMatch(/ELOOP|leads to itself/);
    expect(await readdir(folder)).toEqual(["loop"]);
  });

  it("refuses a file where a folder has to be", async () => {
    await fs.promises.writeFile(join(folder, "file"), "mine");
    const error = await failure(ways[way](join(folder, "file")));
    expect(error).toBeInstanceOf(HubError);
    expect(await readFile(join(folder, "file"), "utf8")).toBe("mine");
  });

  it.each(["win32", "darwin"] as const)(
    "refuses two files that would be one on %s, and writes none",
    async (platform) => {
      await own.hub.models.files.upload({ repo, path: "Config.json", content: "[]" });
      vi.spyOn(process, "platform", "get").mockReturnValue(platform);
      const error = await failure(ways[way](folder));
      vi.restoreAllMocks();
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain("would be one file here");
      expect(await readdir(folder)).toEqual([]);
    },
  );

  it("refuses names that Windows does not have, and writes none", async () => {
    await own.hub.models.files.upload({ repo, path: "data/aux.json", content: "[]" });
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    const error = await failure(ways[way](folder));
    vi.restoreAllMocks();
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain('"data/aux.json" is no path for a file on this system');
    expect(await readdir(folder)).toEqual([]);
  });

  it.each([-10, 10])("goes on over a jump of the clock by %i years", async (years) => {
    const controller = new AbortController();
    const options = {
      signal: controller.signal,
      onProgress: ({ loaded }: { loaded: number }) => void (loaded > 2_000_000 && controller.abort()),
    };
    const include = ["data/weights.bin"];
    if (way === "snapshot") await failure(snapshot(own.hub.models, { repo }, { cache: folder, include, ...options }));
    else await failure(downloadFolder(own.hub.models, { repo }, folder, { include, ...options }));
    expect(await partials()).toHaveLength(1);
    const now = Date.now();
    vi.spyOn(Date, "now").mockImplementation(() => now + years * 31_557_600_000);
    own.forget();
    await ways[way](folder);
    await isWhole();
    await ways[way](folder);
  });
});

it("a snapshot says that a folder is in the place of a file", async () => {
  const { path } = await snapshot(own.hub.models, { repo }, { cache: folder, include: ["data/"] });
  await mkdir(join(path, "config.json"));
  const error = await failure(snapshot(own.hub.models, { repo }, { cache: folder }));
  expect(error).toBeInstanceOf(HubError);
  expect(String(error)).toContain(`${join(path, "config.json")} cannot be written`);
});
