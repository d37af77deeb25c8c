import { lstat, mkdir, readdir, readFile, readlink, rm, stat, symlink, writeFile } from "node:fs/promises";
import { homedir } from "node:os";
import { join, relative } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { temporaryFolder } from "../../../test/files/temporary-folder.js";
import { isSame, sha256, someBytes } from "../../../test/servers/file-server.js";
import { kinds, MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { failure } from "../../../test/servers/setup.js";
import { HubError, HubInputError, HubIntegrityError, HubResponseError } from "../../errors.js";
import type { TransferProgress } from "../downloads/transfer-meter.js";
import { newOwner, hold } from "../file-system/owner.js";
import { isPartialFile } from "../file-system/partial-file.js";
import { cacheFolder } from "./cache-folder.js";
import { downloadToCache, snapshot } from "./snapshot.js";

const large = someBytes(2_500_000);
const small = "small, and 测试";

let own: MockRepo;
let cache: string;
let folder: string;
let head: string;
beforeEach(async () => {
  own = await MockRepo.create();
  cache = join(await temporaryFolder(), "hub");
  folder = join(cache, `models--${repo.replace("/", "--")}`);
  const files = [
    { path: "README.md", content: small },
    { path: "data/weights.bin", content: large },
    { path: "data/copy of weights.bin", content: large },
    { path: "empty.txt", content: "" },
  ];
  for (const kind of kinds) await own.hub[kind].files.upload({ repo, files });
  head = own.head() ?? "";
  own.forget();
});
afterEach(() => {
  vi.restoreAllMocks();
  vi.unstubAllEnvs();
});

const resolved = () => own.sent.filter(({ url }) => url.includes("/resolve/"));
const exclude = [".gitattributes", "index.html"];

/** What is in the cache, but for folders: where links lead, and else how long files are. */
async function listed(of = folder): Promise<Record<string, string | number>> {
  const entries = (await readdir(of, { recursive: true, withFileTypes: true })).filter((entry) => !entry.isDirectory());
  const named = entries.map(async (entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(of, path), entry.isSymbolicLink() ? await readlink(path) : (await stat(path)).size] as const;
  });
  return Object.fromEntries((await Promise.all(named)).sort());
}

describe("a snapshot", () => {
  it.each(kinds)("has all files of a commit of %s, and each blob once", async (kind) => {
    const { path, commit, written } = await snapshot(own.hub[kind], { repo }, { cache, exclude });
    expect(commit).toBe(own.head(kind));
    expect(path).toBe(join(cache, `${kind}--ada--of-the-tests`, "snapshots", commit));
    expect(written.toSorted()).toEqual(["README.md", "data/copy of weights.bin", "data/weights.bin", "empty.txt"]);
    expect(isSame(await readFile(join(path, "data/weights.bin")), large)).toBe(true);
    expect(await readFile(join(path, "README.md"), "utf8")).toBe(small);
    expect(resolved()).toHaveLength(3);
    const blob = sha256(large);
    expect(await listed(join(path, "../.."))).toMatchObject({
      "refs/main": 40,
      [`blobs/${blob}`]: large.length,
      [`snapshots/${commit}/data/weights.bin`]: `../../../blobs/${blob}`,
      [`snapshots/${commit}/data/copy of weights.bin`]: `../../../blobs/${blob}`,
    });
    expect(await readFile(join(path, "../../refs/main"), "utf8")).toBe(commit);
  });

  it("asks for no bytes that are there, also under another commit", async () => {
    await snapshot(own.hub.models, { repo }, { cache });
    own.forget();
    expect((await snapshot(own.hub.models, { repo }, { cache })).written).toEqual([]);
    expect(own.sent.map(({ url }) => new URL(url).pathname)).toEqual([
      `/api/models/${repo}/commits/main`,
      `/api/models/${repo}/tree/${head}`,
    ]);
    const { commitOid } = await own.hub.models.files.upload({ repo, path: "later.txt", content: "later" });
    own.forget();
    const later = await snapshot(own.hub.models, { repo }, { cache });
    expect(later.commit).toBe(commitOid);
    expect(resolved().map(({ url }) => url.split("/").at(-1))).toEqual(["later.txt"]);
    expect(await readFile(join(folder, "refs/main"), "utf8")).toBe(commitOid);
    expect(await readFile(join(folder, "snapshots", head, "README.md"), "utf8")).toBe(small);
  });

  it("takes what the patterns leave", async () => {
    const { path } = await snapshot(own.hub.models, { repo }, { cache, include: ["data/"], exclude: ["copy*"] });
    expect(Object.keys(await listed(path))).toEqual(["data/weights.bin"]);
    const none = await snapshot(own.hub.models, { repo, revision: head }, { cache: `${cache}-2`, include: [] });
    expect([await readdir(none.path), await readdir(join(`${cache}-2`, "models--ada--of-the-tests"))]).toEqual([
      [],
      ["refs", "snapshots"],
    ]);
  });

  it("is of a revision of any name, and of one commit while the branch moves", async () => {
    await own.hub.models.createBranch({ repo, branch: "feature/one" });
    let moved: Promise<{ commitOid: string }> | undefined;
    const move = { repo, branch: "feature/one", path: "README.md", content: "moved" };
    const onProgress = (): void => void (moved ??= own.hub.models.files.upload(move));
    const found = await snapshot(own.hub.models, { repo, revision: "feature/one" }, { cache, onProgress });
    expect(found.commit).toBe(head);
    expect(await readFile(join(found.path, "README.md"), "utf8")).toBe(small);
    expect(await readFile(join(folder, "refs/feature/one"), "utf8")).toBe(head);
    const later = await snapshot(own.hub.models, { repo, revision: "feature/one" }, { cache });
    expect(later.commit).toBe((await moved)?.commitOid);
    expect(await readFile(join(later.path, "README.md"), "utf8")).toBe("moved");
  });

  it("counts files and bytes, whether they are there or come", async () => {
    await downloadToCache(own.hub.models, { repo, path: "README.md" }, { cache });
    const steps: TransferProgress[] = [];
    await snapshot(own.hub.models, { repo }, { cache, exclude, onProgress: (step) => steps.push(step) });
    const total = 2 * large.length + Buffer.byteLength(small);
    expect(steps.at(-1)).toMatchObject({ loaded: total, total, files: 4, totalFiles: 4 });
    expect(steps[0]).toMatchObject({ state: "checking", path: "README.md", files: 0 });
  });

  it("puts right what another program left half-way", async () => {
    await snapshot(own.hub.models, { repo }, { cache });
    const pointer = join(folder, "snapshots", head, "data/weights.bin");
    const blob = join(folder, "blobs", sha256(large));
    for (const damage of [
      () => writeFile(blob, "half"),
      () => rm(blob),
      async () => (await rm(pointer), await symlink("nowhere", pointer)),
      async () => (await rm(pointer), await writeFile(pointer, "half a copy")),
      async () => (await rm(pointer), await symlink("weights.bin", pointer)),
    ]) {
      await damage();
      await snapshot(own.hub.models, { repo }, { cache });
      expect(isSame(await readFile(pointer), large)).toBe(true);
      expect(await readlink(pointer)).toBe(`../../../blobs/${sha256(large)}`);
    }
    expect((await readdir(folder)).toSorted()).toEqual(["blobs", "refs", "snapshots"]);
  });

  it("leaves alone what another client has begun", async () => {
    const theirs = join(folder, "blobs", `${sha256(large)}.incomplete`);
    await mkdir(join(folder, "blobs"), { recursive: true });
    await writeFile(theirs, "theirs");
    await snapshot(own.hub.models, { repo }, { cache });
    expect(await readFile(theirs, "utf8")).toBe("theirs");
  });

  it("is brought once by processes that want it at once", async () => {
    const two = [0, 1].map(() => snapshot(own.hub.models, { repo }, { cache, include: ["data/weights.bin"] }));
    await Promise.all(two);
    expect(resolved()).toHaveLength(1);
    expect(await readdir(join(cache, ".locks/models--ada--of-the-tests"))).toEqual([]);
  });

  it("takes over the lock of a process that has ended, and waits for one that works", async () => {
    const locks = join(cache, ".locks/models--ada--of-the-tests");
    const lock = join(locks, `${sha256(large)}.hf-api.lock`);
    await mkdir(locks, { recursive: true });
    await writeFile(lock, newOwner());
    await snapshot(own.hub.models, { repo }, { cache });
    expect(await readdir(locks)).toEqual([]);

    const owner = newOwner();
    const release = hold(owner, lock);
    await writeFile(lock, owner);
    await rm(join(folder, "blobs"), { recursive: true });
    const controller = new AbortController();
    const reason = new Error("waited long enough");
    setTimeout(() => controller.abort(reason), 400);
    expect(await failure(snapshot(own.hub.models, { repo }, { cache, signal: controller.signal }))).toBe(reason);
    release();
    await snapshot(own.hub.models, { repo }, { cache });
    expect(await readdir(locks)).toEqual([]);
  });

  it("goes on from the bytes of a run that broke off", async () => {
    const controller = new AbortController();
    const onProgress = ({ path, loaded }: TransferProgress): void => {
      if (path === "data/weights.bin" && loaded > 1_000_000) controller.abort();
    };
    const include = ["data/weights.bin"];
    await failure(snapshot(own.hub.models, { repo }, { cache, include, signal: controller.signal, onProgress }));
    const [partial = "none", ...more] = (await readdir(join(folder, "blobs"))).filter(isPartialFile);
    expect(more).toEqual([]);
    await writeFile(join(folder, "blobs", partial), large.subarray(0, 2_000_000));
    expect((await readdir(folder)).toSorted()).toEqual(["blobs"]);
    own.forget();
    await snapshot(own.hub.models, { repo }, { cache, include });
    expect(resolved().map(({ range }) => range)).toEqual(["bytes=2000000-"]);
    expect(await readdir(join(folder, "blobs"))).toEqual([sha256(large)]);
  });
});

describe("a file in the cache", () => {
  it("is asked for once, and then only where its branch is", async () => {
    const path = await downloadToCache(own.hub.models, { repo, path: "data/weights.bin" }, { cache });
    expect(path).toBe(join(folder, "snapshots", head, "data/weights.bin"));
    expect(isSame(await readFile(path), large)).toBe(true);
    own.forget();
    expect(await downloadToCache(own.hub.models, { repo, path: "data/weights.bin" }, { cache })).toBe(path);
    expect(own.sent.map(({ url }) => new URL(url).pathname)).toEqual([`/api/models/${repo}/commits/main`]);
    own.forget();
    const input = { repo, path: "data/weights.bin", revision: head };
    expect(await downloadToCache(own.hub.models, input, { cache })).toBe(path);
    expect(own.sent).toEqual([]);
  });

  it("comes again when a power failure has emptied it, but for one that is empty", async () => {
    const path = await downloadToCache(own.hub.models, { repo, path: "README.md" }, { cache });
    const empty = await downloadToCache(own.hub.models, { repo, path: "empty.txt" }, { cache });
    await writeFile(path, "");
    own.forget();
    await downloadToCache(own.hub.models, { repo, path: "README.md", revision: head }, { cache });
    expect(await readFile(path, "utf8")).toBe(small);
    own.forget();
    expect(await downloadToCache(own.hub.models, { repo, path: "empty.txt", revision: head }, { cache })).toBe(empty);
    expect(own.sent).toEqual([]);
  });

  it("may be of a kernel", async () => {
    const [kernel] = await own.hub.kernels.list({ limit: 1 }).take(1);
    const { id = "" } = kernel ?? {};
    const entries = await own.hub.kernels.files.list({ repo: id, recursive: true }).take(100);
    const file = entries.findLast(({ type }) => type === "file")?.path ?? "";
    const path = await downloadToCache(own.hub.kernels, { repo: id, path: file }, { cache });
    expect(path.slice(cache.length)).toContain(`/kernels--${id.replace("/", "--")}/snapshots/`);
    expect((await stat(path)).size).toBeGreaterThan(0);
  });

  it.each([
    [{ path: "nothing" }, "EntryNotFound"],
    [{ path: "data" }, "EntryNotFound"],
    [{ path: "README.md", revision: "nothing" }, "RevisionNotFound"],
    [{ path: "README.md", repo: "ada/nothing" }, "RepoNotFound"],
  ])("that the Hub does not have is refused by its words: %j", async (input, code) => {
    const error = await failure(downloadToCache(own.hub.models, { repo, ...input }, { cache }));
    expect(error).toBeInstanceOf(HubResponseError);
    expect(error).toMatchObject({ code });
  });

  it.each([{ repo: "../evil" }, { repo: "a/b/c" }, { path: "../../evil" }, { path: ".git/config" }])(
    "is refused outside of its folder: %j",
    async (input) => {
      const error = await failure(downloadToCache(own.hub.models, { repo, path: "a", ...input }, { cache }));
      expect(error).toBeInstanceOf(HubInputError);
    },
  );

  it.skipIf(process.platform === "win32")("that would lead elsewhere by its revision is refused", async () => {
    await downloadToCache(own.hub.models, { repo, path: "README.md" }, { cache });
    const input = { repo, path: "README.md", revision: "../../evil" };
    expect(await failure(downloadToCache(own.hub.models, input, { cache, localOnly: true }))).toBeInstanceOf(
      HubInputError,
    );
  });
});

describe("without requests", () => {
  it.each([
    ["localOnly", { localOnly: true }, undefined],
    ["HF_HUB_OFFLINE", {}, "1"],
    ["HF_HUB_OFFLINE", {}, "True"],
    ["HF_HUB_OFFLINE", {}, "YES"],
  ])("%s takes what the cache has", async (name, options, value) => {
    const online = await snapshot(own.hub.models, { repo }, { cache });
    own.forget();
    if (value !== undefined) vi.stubEnv("HF_HUB_OFFLINE", value);
    for (const revision of ["main", head]) {
      const found = await snapshot(own.hub.models, { repo, revision }, { cache, ...options });
      expect(found).toEqual({ ...online, written: [] });
      const file = await downloadToCache(own.hub.models, { repo, revision, path: "README.md" }, { cache, ...options });
      expect(await readFile(file, "utf8")).toBe(small);
    }
    for (const missing of [
      () => snapshot(own.hub.models, { repo, revision: "other" }, { cache, ...options }),
      () => downloadToCache(own.hub.models, { repo, path: "nothing" }, { cache, ...options }),
      () => downloadToCache(own.hub.models, { repo: "ada/other", path: "README.md" }, { cache, ...options }),
    ]) {
      const error = await failure(missing());
      expect(error).toBeInstanceOf(HubError);
      expect(String(error)).toMatch(new RegExp(`is not in the cache at .*models--ada--o.*, and ${name} is`));
    }
    expect(own.sent).toEqual([]);
  });

  it("is not what other values mean", async () => {
    for (const value of ["0", "", "no", "off"]) {
      vi.stubEnv("HF_HUB_OFFLINE", value);
      await snapshot(own.hub.models, { repo }, { cache, include: [] });
    }
  });
});

describe("the folder of the cache", () => {
  it.each<[Record<string, string>, string]>([
    [{}, join(homedir(), ".cache/huggingface/hub")],
    [{ XDG_CACHE_HOME: "/xdg" }, "/xdg/huggingface/hub"],
    [{ XDG_CACHE_HOME: "/xdg", HF_HOME: "/home" }, "/home/hub"],
    [{ HF_HOME: "~/hf" }, join(homedir(), "hf/hub")],
    [{ HF_HOME: "/home", HUGGINGFACE_HUB_CACHE: "/older" }, "/older"],
    [{ HF_HOME: "/home", HUGGINGFACE_HUB_CACHE: "/older", HF_HUB_CACHE: "/cache" }, "/cache"],
    [{ HF_HUB_CACHE: "", HF_HOME: "/home" }, "/home/hub"],
    [{ DISK: "/mnt/disk", HF_HUB_CACHE: "$DISK/${OTHER}/cache" }, "/mnt/disk/${OTHER}/cache"],
  ])("%j is %s", (variables, expected) => {
    for (const name of ["HF_HUB_CACHE", "HUGGINGFACE_HUB_CACHE", "HF_HOME", "XDG_CACHE_HOME"]) vi.stubEnv(name, "");
    for (const [name, value] of Object.entries(variables)) vi.stubEnv(name, value);
    expect(cacheFolder()).toBe(expected);
  });

  it("may be a URL", () => {
    expect(cacheFolder(new URL("file:///some/cache"))).toBe("/some/cache");
  });
});

describe("a cache on a system without links", () => {
  it.each(["EPERM", "ENOSYS", "EOPNOTSUPP"])("has copies (%s)", async (code) => {
    const fs = await import("node:fs");
    const { syncBuiltinESMExports } = await import("node:module");
    const spy = vi.spyOn(fs.promises, "symlink").mockRejectedValue(Object.assign(new Error(code), { code }));
    syncBuiltinESMExports();
    try {
      const { path } = await snapshot(own.hub.models, { repo }, { cache });
      expect((await lstat(join(path, "data/weights.bin"))).isFile()).toBe(true);
      expect(isSame(await readFile(join(path, "data/weights.bin")), large)).toBe(true);
      own.forget();
      await snapshot(own.hub.models, { repo }, { cache });
      expect(resolved()).toEqual([]);
      await writeFile(join(path, "README.md"), "half");
      await snapshot(own.hub.models, { repo }, { cache });
      expect(await readFile(join(path, "README.md"), "utf8")).toBe(small);
    } finally {
      spy.mockRestore();
      syncBuiltinESMExports();
    }
  });
});

describe("a snapshot of wrong bytes", () => {
  it("is refused, and its file is not there", async () => {
    own.mock.faults.when({ origin: "cdn", times: 100 }, { corrupt: 1 });
    const error = await failure(snapshot(own.hub.models, { repo }, { cache, include: ["data/weights.bin"] }));
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain(sha256(large));
    expect(await listed()).toEqual({});
  });
});
