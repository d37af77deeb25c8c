import { mkdir, readdir, readFile, realpath, rename, rm, stat, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { temporaryFolder } from "../../../test/files/temporary-folder.js";
import { someBytes } from "../../../test/servers/file-server.js";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { failure } from "../../../test/servers/setup.js";
import { HubError, HubInputError } from "../../errors.js";
import { hold, newOwner } from "../file-system/owner.js";
import { newPartial, versionOf } from "../file-system/partial-file.js";
import { deleteFromCache } from "./delete-from-cache.js";
import { scanCache } from "./scan-cache.js";
import { snapshot } from "./snapshot.js";

const name = "models--ada--of-the-tests";
const exclude = [".gitattributes"];

let own: MockRepo;
let cache: string;
let folder: string;
let older: string;
let newer: string;
beforeEach(async () => {
  own = await MockRepo.create();
  cache = await realpath(await temporaryFolder());
  folder = join(cache, name);
  const files = [
    { path: "data/shared.bin", content: someBytes(1000) },
    { path: "changed.txt", content: "as before" },
  ];
  await own.hub.models.files.upload({ repo, files });
  older = (await snapshot(own.hub.models, { repo }, { cache, exclude })).commit;
  await own.hub.models.files.upload({ repo, path: "changed.txt", content: "changed later" });
  newer = (await snapshot(own.hub.models, { repo }, { cache, exclude })).commit;
  await own.hub.models.createBranch({ repo, branch: "feature/one" });
  await snapshot(own.hub.models, { repo, revision: "feature/one" }, { cache, exclude });
});

const exists = async (path: string): Promise<boolean> => (await stat(path).catch(() => undefined)) !== undefined;

describe("a scan of the cache", () => {
  it("tells repositories, revisions and files with their sizes", async () => {
    await snapshot(own.hub.datasets, { repo }, { cache, include: [] });
    const report = await scanCache({ cache });
    expect(report).toMatchObject({ path: cache, size: 1022, unused: 0, warnings: [] });
    expect(report.repos.map(({ kind, repo: id, size }) => [kind, id, size])).toEqual([
      ["datasets", repo, 0],
      ["models", repo, 1022],
    ]);
    const revisions = report.repos[1]?.revisions ?? [];
    expect(new Map(revisions.map(({ commit, refs, size }) => [commit, [refs, size]]))).toEqual(
      new Map<string, [string[], number]>([
        [older, [[], 1009]],
        [newer, [["feature/one", "main"], 1013]],
      ]),
    );
    const files = revisions.find(({ commit }) => commit === older)?.files ?? [];
    expect(files.map(({ path, size }) => [path, size])).toEqual([
      ["changed.txt", 9],
      ["data/shared.bin", 1000],
    ]);
    expect(await readFile(files[0]?.blob ?? "", "utf8")).toBe("as before");
    expect(Date.now() - (report.repos[1]?.lastModified.getTime() ?? 0)).toBeLessThan(60_000);
  });

  it("counts what no revision has, and no partial file as a file", async () => {
    const partial = newPartial(join(folder, "blobs"), "a", versionOf("b"), undefined);
    await writeFile(partial.path, "partial");
    await writeFile(join(folder, "blobs", "c".repeat(64)), "orphan");
    await writeFile(join(folder, "blobs", "d.incomplete"), "theirs");
    expect(await scanCache({ cache })).toMatchObject({ size: 1022, unused: 7 + 6 + 6, warnings: [] });
    partial.release();
  });

  it("warns of what is broken, follows no loop, and leaves out what is no repository", async () => {
    const top = join(folder, "snapshots", newer);
    await symlink("nowhere", join(top, "dangling"));
    await symlink("loop", join(top, "loop"));
    await symlink("..", join(top, "up"));
    await mkdir(join(cache, ".locks"));
    await mkdir(join(cache, "others--a--b"));
    await writeFile(join(cache, "models--a--file"), "");
    await writeFile(join(folder, "snapshots", ".DS_Store"), "");
    await mkdir(join(cache, "models--half"));
    const { repos, warnings } = await scanCache({ cache });
    expect(repos.map(({ repo: id, revisions }) => [id, revisions.length])).toEqual([
      [repo, 2],
      ["half", 0],
    ]);
    expect(warnings.toSorted((a, b) => (a.path < b.path ? -1 : 1))).toEqual([
      { path: join(top, "dangling"), reason: "a link to nothing" },
      { path: join(top, "loop"), reason: "a link to nothing" },
      { path: join(top, "up"), reason: "neither a file nor a link to one" },
    ]);
  });

  it("of none is empty, and of a file is refused", async () => {
    expect(await scanCache({ cache: join(cache, "nothing") })).toMatchObject({ size: 0, repos: [] });
    const error = await failure(scanCache({ cache: join(folder, "refs/main") }));
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain("refs/main cannot be read: ENOTDIR");
  });
});

describe("a deletion from the cache", () => {
  const input = { kind: "models", repo } as const;

  it("of a revision leaves what others need", async () => {
    const blobs = await readdir(join(folder, "blobs"));
    const dry = await deleteFromCache({ ...input, cache, revisions: [older], dryRun: true });
    expect(await readdir(join(folder, "blobs"))).toEqual(blobs);
    expect(await deleteFromCache({ ...input, cache, revisions: [older] })).toEqual(dry);
    expect(dry).toEqual({ commits: [older], freed: 9 });
    const { size, repos, warnings } = await scanCache({ cache });
    expect([size, repos[0]?.revisions.map(({ commit }) => commit), warnings]).toEqual([1013, [newer], []]);
    expect(await readFile(join(folder, "snapshots", newer, "changed.txt"), "utf8")).toBe("changed later");
  });

  it("of a branch takes its references along", async () => {
    expect(await deleteFromCache({ ...input, cache, revisions: ["main"] })).toEqual({ commits: [newer], freed: 13 });
    expect(await exists(join(folder, "refs/main"))).toBe(false);
    expect(await exists(join(folder, "refs/feature/one"))).toBe(false);
    expect((await scanCache({ cache })).repos[0]?.revisions.map(({ commit }) => commit)).toEqual([older]);
  });

  it.each([[undefined], [["main", "older"]]])("of all of it leaves nothing (%j)", async (named) => {
    await writeFile(join(folder, "blobs", "orphan"), "orphan");
    const revisions = named?.map((name) => (name === "older" ? older : name));
    const { commits, freed } = await deleteFromCache({ ...input, cache, revisions });
    expect([commits.toSorted(), freed]).toEqual([[older, newer].toSorted(), 1022 + 6]);
    expect(await exists(folder)).toBe(false);
  });

  it("leaves a download alone that is under way", async () => {
    const partial = newPartial(join(folder, "blobs"), "a", versionOf("b"), undefined);
    await writeFile(partial.path, "partial");
    const ended = newPartial(join(folder, "blobs"), "b", versionOf("b"), undefined);
    await writeFile(ended.path, "ended");
    ended.release();
    await deleteFromCache({ ...input, cache });
    expect(await readdir(folder, { recursive: true })).toEqual(["blobs", partial.path.slice(folder.length + 1)]);
    partial.release();
  });

  it("deletes no file that a link in the cache leads to elsewhere", async () => {
    const elsewhere = await temporaryFolder({ "precious.txt": "precious" });
    await symlink(join(elsewhere, "precious.txt"), join(folder, "snapshots", newer, "hostile"));
    await symlink(elsewhere, join(folder, "snapshots", newer, "hostile folder"));
    expect(await deleteFromCache({ ...input, cache })).toMatchObject({ freed: 1022 });
    expect(await readFile(join(elsewhere, "precious.txt"), "utf8")).toBe("precious");
  });

  it("works where the folder of the repository is a link to another disk", async () => {
    const disk = await temporaryFolder();
    await rename(folder, join(disk, "moved"));
    await symlink(join(disk, "moved"), folder);
    expect(await deleteFromCache({ ...input, cache, revisions: [older] })).toMatchObject({ freed: 9 });
    expect(await deleteFromCache({ ...input, cache })).toMatchObject({ freed: 1013 });
    expect(await readdir(cache)).not.toContain(name);
    expect(await readdir(join(disk, "moved"))).toEqual([]);
  });

  it.each([
    [{ repo: "ada/nothing" }, "ada/nothing of models is not in the cache at"],
    [{ revisions: ["nothing"] }, '"nothing" is no revision in the cache at'],
    [{ revisions: ["main", "../x"] }, '"../x" is no revision'],
    [{ repo: "../.." }, "repo"],
    [{ kind: "others" as "models" }, "kind is others; expected one of models, datasets, spaces, kernels"],
  ])("of what is not there deletes nothing: %j", async (part, message) => {
    const error = await failure(deleteFromCache({ ...input, cache, ...part }));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain(message);
    expect(await scanCache({ cache })).toMatchObject({ size: 1022 });
  });

  it("takes the locks of the repository along, which nobody needs", async () => {
    const locks = join(cache, ".locks", name);
    await mkdir(locks, { recursive: true });
    const owner = newOwner();
    hold(owner, join(locks, "a"))();
    await writeFile(join(locks, "a"), owner);
    await deleteFromCache({ ...input, cache });
    expect(await exists(locks)).toBe(false);
    await rm(join(cache, ".locks"), { recursive: true });
  });
});
