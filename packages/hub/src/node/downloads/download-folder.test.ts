import { mkdir, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gitOid, namedHub } from "../../../test/servers/file-roads.js";
import { sha256, someBytes } from "../../../test/servers/file-server.js";
import { json } from "../../../test/servers/listen.js";
import { kinds, MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { filesBelow, record, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { failure, withoutBackOff } from "../../../test/servers/setup.js";
import { HubInputError, HubIntegrityError, HubResponseError } from "../../errors.js";
import { Hub } from "../../hub.js";
import { quietFor } from "../../../test/servers/waits.js";
import { downloadFolder } from "./download-folder.js";
import type { TransferProgress } from "./transfer-meter.js";

const large = someBytes(20_000);
const contents: Record<string, string | Uint8Array> = {
  "README.md": "# Readme",
  "config.json": "{}",
  "data/a.bin": large,
  "data/deep/b.bin": large.subarray(0, 10_000),
  "data/deep/b.txt": "b",
  "empty.txt": "",
};
const held = Object.fromEntries(
  Object.entries(contents).map(([path, content]) => [path, Buffer.from(content as string).toString("latin1")]),
);
const exclude = [".gitattributes", "index.html"];

let own: MockRepo;
let folder: string;
beforeEach(async () => {
  own = await MockRepo.create();
  folder = await temporaryFolder();
  const files = Object.entries(contents).map(([path, content]) => ({ path, content }));
  for (const kind of kinds) await own.hub[kind].files.upload({ repo, files });
  own.forget();
});
afterEach(() => vi.restoreAllMocks());

const downloads = (): string[] =>
  own.sent.flatMap(({ url }) => /\/resolve\/[0-9a-f]{40}\/(.*)/.exec(url)?.slice(1) ?? []);

describe("a download of a folder", () => {
  it.each(kinds)("brings all files of %s, at one commit", async (kind) => {
    const { commit, written, unchanged } = await downloadFolder(own.hub[kind], { repo }, folder, { exclude });
    expect(await filesBelow(folder)).toEqual(held);
    expect(commit).toBe(own.head(kind));
    expect([written.toSorted(), unchanged]).toEqual([Object.keys(held).toSorted(), []]);
    expect(downloads()).toHaveLength(written.length);
  });

  it("brings what is below a path, without its name", async () => {
    for (const path of ["data", "data/"]) {
      const to = await temporaryFolder();
      const { written } = await downloadFolder(own.hub.models, { repo, path }, pathToFileURL(to));
      expect(written.toSorted()).toEqual(["a.bin", "deep/b.bin", "deep/b.txt"]);
      expect(await filesBelow(to)).toHaveProperty(["deep/b.txt"], "b");
    }
  });

  it("asks for a branch once, and then for its commit", async () => {
    const { commitOid } = await own.hub.models.files.upload({ repo, path: "later.txt", content: "later" });
    const [, first] = await own.hub.models.listCommits({ repo }).toArray();
    own.forget();
    const { commit } = await downloadFolder(own.hub.models, { repo, revision: first?.id ?? "" }, folder);
    expect(commit).toBe(first?.id);
    expect(await filesBelow(folder)).not.toHaveProperty(["later.txt"]);
    expect(own.requests({ part: "/commits/" })).toEqual([]);
    expect((await downloadFolder(own.hub.models, { repo }, folder)).commit).toBe(commitOid);
    expect(own.requests({ part: "/main" }).map(({ path }) => path)).toEqual([
      `/api/models/${repo}/commits/main?limit=1`,
    ]);
  });

  it("leaves out what is there already, and files that the repository does not have alone", async () => {
    await downloadFolder(own.hub.models, { repo }, folder, { exclude });
    await writeFile(join(folder, "config.json"), "[]");
    await writeFile(join(folder, "data/a.bin"), Buffer.from(large.with(3, 0)));
    await writeFile(join(folder, "data/deep/b.bin"), "another length");
    await writeFile(join(folder, "mine.txt"), "mine");
    own.forget();
    const { written, unchanged } = await downloadFolder(own.hub.models, { repo }, folder, { exclude });
    expect(written.toSorted()).toEqual(["config.json", "data/a.bin", "data/deep/b.bin"]);
    expect(unchanged.toSorted()).toEqual(["README.md", "data/deep/b.txt", "empty.txt"]);
    expect(downloads().toSorted()).toEqual(["config.json", "data/a.bin", "data/deep/b.bin"]);
    expect(await filesBelow(folder)).toEqual({ ...held, "mine.txt": "mine" });
  });

  it.each([
    [{ include: ["*.bin"] }, ["data/a.bin", "data/deep/b.bin"]],
    [{ include: ["data/*"] }, ["data/a.bin", "data/deep/b.bin", "data/deep/b.txt"]],
    [{ include: ["*.bin", "*.md"], exclude: ["deep/", "README.md"] }, ["data/a.bin"]],
    [{ include: [] }, []],
  ])("takes what %j leaves", async (filter, expected) => {
    const { written } = await downloadFolder(own.hub.models, { repo }, folder, filter);
    expect(written.toSorted()).toEqual(expected);
    expect(Object.keys(await filesBelow(folder))).toEqual(expected);
  });

  it("tells how far it is, in files and bytes of all that is wanted", async () => {
    await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/a.bin"] });
    await rm(join(folder, record), { recursive: true });
    await writeFile(join(folder, "README.md"), "# Reader");
    own.mock.faults.when({ origin: "cdn" }, { truncate: 1 });
    const steps: TransferProgress[] = [];
    await downloadFolder(own.hub.models, { repo }, folder, { exclude, onProgress: (step) => steps.push(step) });
    const total = 20_000 + 10_000 + 8 + 2 + 1;
    // The README is of the right length, so it is hashed first.
    expect(steps[0]?.total).toBe(total);
    expect(steps.at(-1)).toMatchObject({ loaded: total + 8, total: total + 8, files: 6, totalFiles: 6 });
    for (const key of ["loaded", "total", "files"] as const) {
      expect(steps.map((step) => step[key])).toEqual(steps.map((step) => step[key]).toSorted((a, b) => a - b));
    }
    const paths = (state: string) => new Set(steps.filter((step) => step.state === state).map(({ path }) => path));
    expect(paths("checking")).toEqual(new Set(["README.md", "data/a.bin"]));
    expect(paths("downloading")).toEqual(
      new Set(["README.md", "config.json", "data/deep/b.bin", "data/deep/b.txt", "empty.txt"]),
    );
  });

  it("reads as many files at once as it may", async () => {
    let busy = 0;
    let most = 0;
    let letBothGo = (): void => undefined;
    const bothAreThere = new Promise<void>((resolve) => (letBothGo = resolve));
    const fetch: typeof globalThis.fetch = async (url, init) => {
      const isDownload = String(url).includes("/resolve/");
      busy += isDownload ? 1 : 0;
      most = Math.max(most, busy);
      if (busy === 2) letBothGo();
      if (isDownload) await bothAreThere;
      // Time for one more, where more are let in.
      if (isDownload) await quietFor(5);
      busy -= isDownload ? 1 : 0;
      return await own.mock.fetch(url, init);
    };
    const hub = new Hub({ endpoint: own.mock.url, token: own.mock.tokens.read, fetch });
    await downloadFolder(hub.models, { repo }, folder, { concurrency: 2 });
    expect(most).toBe(2);
    const refused = failure(downloadFolder(hub.models, { repo }, folder, { concurrency: -1 }));
    expect(await refused).toBeInstanceOf(HubInputError);
  });
});

describe("a download of a folder that fails", () => {
  it("leaves whole files and no halves", async () => {
    withoutBackOff();
    own.mock.faults.when({ origin: "cdn", path: "/download/", times: 100 }, { truncate: 1, after: 0 });
    const error = await failure(downloadFolder(own.hub.models, { repo }, folder, { retries: 1, exclude }));
    expect(String(error)).toContain("broke off");
    for (const [path, content] of Object.entries(await filesBelow(folder))) expect(content).toBe(held[path]);
  });

  it("by the signal leaves no halves", async () => {
    const controller = new AbortController();
    const reason = new Error("enough");
    own.mock.faults.when({ origin: "cdn", times: 100 }, { stall: 1, after: 100 });
    const onProgress = ({ path }: { path: string }): void => {
      if (path === "data/a.bin") controller.abort(reason);
    };
    const options = { signal: controller.signal, onProgress, concurrency: 8 };
    expect(await failure(downloadFolder(own.hub.models, { repo }, folder, options))).toBe(reason);
    expect(Object.keys(await filesBelow(folder)).filter((path) => path.endsWith(".part"))).toEqual([]);
  });

  it("says what there is not", async () => {
    const code = async (input: { repo: string; revision?: string; path?: string }): Promise<unknown> =>
      ((await failure(downloadFolder(own.hub.models, input, folder))) as HubResponseError).code;
    expect(await code({ repo: "ada/nothing" })).toBe("RepoNotFound");
    expect(await code({ repo, revision: "nothing" })).toBe("RevisionNotFound");
    expect(await code({ repo, path: "nothing" })).toBe("EntryNotFound");
    expect(await filesBelow(folder)).toEqual({});
  });
});

describe("a file with other bytes than the repository lists", () => {
  const right = someBytes(5_000);
  const other = right.with(7, (right[7] ?? 0) ^ 1);
  const wrong: Record<string, Uint8Array> = {
    "an HTML page": Buffer.from("<!doctype html><title>Sign in</title>"),
    "an HTML page of the same length": Buffer.from("<!doctype html>".padEnd(right.length)),
    "the pointer of Git LFS": Buffer.from(`version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(right)}\n`),
    "half of it": right.subarray(0, 2_500),
    "the bytes of another commit": other,
    nothing: new Uint8Array(),
  };
  const entries = {
    small: { type: "file", path: "data/file.bin", oid: gitOid(right), size: right.length },
    large: {
      type: "file",
      path: "data/file.bin",
      oid: "1".repeat(40),
      size: right.length,
      lfs: { oid: sha256(right), size: right.length, pointerSize: 130 },
    },
  };

  /** A Hub that says nothing of a file but in the list, such as a mirror that leaves the headers out. */
  const listing = (entry: object, sent: Uint8Array, hasLength = true): Promise<Hub> =>
    namedHub(({ url = "" }, response) => {
      if (url.includes("/tree/")) return json(response, [entry]);
      response.writeHead(200, hasLength ? { "content-length": sent.length } : {}).end(sent);
    });
  const input = { repo: "ns/repo", revision: "a".repeat(40) };

  describe.each(["small", "large"] as const)("and is %s", (kind) => {
    it.each(Object.keys(wrong))("is named and not written: %s", async (name) => {
      for (const hasLength of [true, false]) {
        const hub = await listing(entries[kind], wrong[name] ?? right, hasLength);
        const error = await failure(downloadFolder(hub.models, input, folder));
        expect(error).toMatchObject({ name: expect.stringMatching(/^Hub(Integrity|Connection)Error$/) });
        if (hasLength) expect(String(error)).toContain(`${join(folder, "data/file.bin")}: the `);
        expect(await filesBelow(folder)).toEqual({});
      }
    });

    it("is written when it is right, and then is there", async () => {
      const hub = await listing(entries[kind], right, false);
      expect(await downloadFolder(hub.models, input, folder)).toMatchObject({ written: ["data/file.bin"] });
      expect(await downloadFolder(hub.models, input, folder)).toMatchObject({ unchanged: ["data/file.bin"] });
    });

    it("is compared by its size alone with verify: false", async () => {
      const hub = await listing(entries[kind], other);
      const { written } = await downloadFolder(hub.models, input, folder, { verify: false });
      expect(written).toEqual(["data/file.bin"]);
      const { models } = await listing(entries[kind], right.subarray(1));
      const error = await failure(downloadFolder(models, input, await temporaryFolder(), { verify: false }));
      expect(String(error)).toContain("its size is 4999, not 5000");
    });
  });

  it("is compared by its size where the Hub shows stars for the hash", async () => {
    const entry = { ...entries.large, lfs: { ...entries.large.lfs, oid: "*".repeat(64) } };
    const hub = await listing(entry, right);
    expect(await downloadFolder(hub.models, input, folder)).toMatchObject({ written: ["data/file.bin"] });
    const short = await listing(entry, right.subarray(1));
    expect(await failure(downloadFolder(short.models, input, await temporaryFolder()))).toBeInstanceOf(
      HubIntegrityError,
    );
  });
});

// Windows makes links for administrators alone.
describe.skipIf(process.platform === "win32")("a link in the folder", () => {
  const wanted = { include: ["data/deep/b.txt"] };
  let elsewhere: string;
  beforeEach(async () => {
    elsewhere = await temporaryFolder({ "b.txt": "of somebody else" });
  });

  it.each([
    ["a folder elsewhere", async () => symlink(elsewhere, join(folder, "data"))],
    ["a folder that is not there yet", async () => symlink(join(elsewhere, "new"), join(folder, "data"))],
    [
      "a file elsewhere",
      async () => {
        await mkdir(join(folder, "data/deep"), { recursive: true });
        await symlink(join(elsewhere, "b.txt"), join(folder, "data/deep/b.txt"));
      },
    ],
    ["the folder above", async () => symlink("..", join(folder, "data"))],
  ])("to %s is refused before anything is written", async (_, link) => {
    await link();
    const error = await failure(downloadFolder(own.hub.models, { repo }, folder));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain(", outside of the folder; remove the link");
    expect(await filesBelow(elsewhere)).toEqual({ "b.txt": "of somebody else" });
    expect(await filesBelow(folder)).toEqual({});
    expect(downloads()).toEqual([]);
  });

  it("to another place in it is followed", async () => {
    await mkdir(join(folder, "real"));
    await symlink("real", join(folder, "data"));
    await downloadFolder(own.hub.models, { repo }, folder, wanted);
    expect(await filesBelow(folder)).toEqual({ "real/deep/b.txt": "b" });
  });

  it("may be the folder itself, and its files be there through links elsewhere", async () => {
    const linked = join(await temporaryFolder(), "link");
    await symlink(folder, linked);
    await downloadFolder(own.hub.models, { repo }, linked, wanted);
    expect(await filesBelow(folder)).toEqual({ "data/deep/b.txt": "b" });
    await rm(join(folder, "data/deep/b.txt"));
    await writeFile(join(elsewhere, "b.txt"), "b");
    await symlink(join(elsewhere, "b.txt"), join(folder, "data/deep/b.txt"));
    expect(await downloadFolder(own.hub.models, { repo }, linked, wanted)).toMatchObject({ written: [] });
  });
});

describe("a Hub that names hostile paths", () => {
  const evil = (path: string) => ({ type: "file", oid: gitOid(Buffer.from("evil")), size: 4, path });

  /** A Hub whose tree names these paths after a harmless one, and that has all files. */
  function hostileHub(...paths: string[]): Hub {
    return new Hub({
      endpoint: "https://hub.example",
      token: null,
      fetch: async (url) => {
        if (!String(url).includes("/tree/")) return new Response("evil", { headers: { "content-length": "4" } });
        return Response.json(["fine.txt", ...paths].map(evil));
      },
    });
  }
  const input = { repo: "ns/repo", revision: "a".repeat(40) };

  it.each([
    ".git/config",
    "sub/.GIT/hooks/pre-commit",
    "../evil",
    "a/../../evil",
    "/evil",
    "a/../b",
    "./a",
    "a//b",
    "",
    "a/",
    "nul\0",
  ])("%j is refused before anything is written", async (path) => {
    const below = join(folder, "below");
    const error = await failure(downloadFolder(hostileHub(path).models, input, below));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain(JSON.stringify(path));
    expect(await filesBelow(folder)).toEqual({});
    await expect(stat(below)).rejects.toThrow("ENOENT");
  });

  it("may be left out", async () => {
    await downloadFolder(hostileHub("bad/../evil").models, input, folder, { exclude: ["bad/"] });
    expect(await filesBelow(folder)).toEqual({ "fine.txt": "evil" });
  });

  it.each(["C:evil", "con.txt", "a\\..\\b"])("%j is refused on Windows", async (path) => {
    vi.spyOn(process, "platform", "get").mockReturnValue("win32");
    const error = await failure(downloadFolder(hostileHub(path).models, input, folder));
    expect(error).toBeInstanceOf(HubInputError);
    vi.restoreAllMocks();
    expect(await filesBelow(folder)).toEqual({});
  });

  it.each(["win32", "darwin"] as const)("are refused that would be one file on %s", async (platform) => {
    vi.spyOn(process, "platform", "get").mockReturnValue(platform);
    const error = await failure(downloadFolder(hostileHub("Fine.TXT").models, input, folder));
    expect(String(error)).toContain("fine.txt and Fine.TXT would be one file here");
    vi.restoreAllMocks();
    expect(await filesBelow(folder)).toEqual({});
  });

  it("are refused that would be one file on macOS, which takes two ways to write a letter for the same", async () => {
    vi.spyOn(process, "platform", "get").mockReturnValue("darwin");
    const error = await failure(downloadFolder(hostileHub("\u00e9", "e\u0301").models, input, folder));
    expect(String(error)).toContain("would be one file here");
    vi.restoreAllMocks();
    expect(await filesBelow(folder)).toEqual({});
  });
});
