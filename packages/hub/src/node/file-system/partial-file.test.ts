import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { filesBelow, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { input, serveFile, someBytes } from "../../../test/servers/file-server.js";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { downloadFolder } from "../downloads/download-folder.js";
import { downloadTo } from "../downloads/download-to.js";
import { localFolder } from "../uploads/local-folder.js";
import { isPartialFile, Leftovers, newPartial, versionOf, wantedLater } from "./partial-file.js";

const former = ".550e8400-e29b-41d4-a716-446655440000.part";

/** The number of a process that has ended. */
let ended: number;
beforeAll(async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  ended = child.pid ?? 0;
});

/** The name of a partial file of this process; nobody works on it any more, unless `working`. */
function partialName(target: string, hash = "of-the-tests", etag?: string, working = false): string {
  const { path, release } = newPartial("folder", target, versionOf(hash), etag);
  if (!working) release();
  return basename(path);
}

const ofProcess = (id: number, target = "weights.bin"): string =>
  partialName(target).replace(`-${process.pid}-`, `-${id}-`);
/** Of the process with that number on another machine. */
const ofMachine = (name: string, id: number): string => ofProcess(id).replace(/^(\.hf-\w+-\w+-)\w+/, `$1${name}`);

/** A folder with such files, which were touched last so many minutes ago; before 0, in what the clock says will come. */
async function folderWith(names: string[], minutes: number): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) {
    await writeFile(join(folder, name), "partial");
    const time = Date.now() / 1000 - minutes * 60;
    await utimes(join(folder, name), time, time);
  }
  return folder;
}

async function clear(folder: string): Promise<string[]> {
  await (await Leftovers.in(folder)).clear();
  return (await readdir(folder)).toSorted();
}

describe("the name of a partial file", () => {
  it("is known as one, and each is another", () => {
    const names = [partialName("a"), partialName("a"), partialName("b".repeat(255)), former];
    expect(names.map(isPartialFile)).toEqual([true, true, true, true]);
    expect(new Set(names).size).toBe(4);
  });

  it.each(["a.part", ".part", ".hidden.part", ".hf-notes.part", `${former}.txt`, former.slice(1)])(
    "is not %j",
    (name) => {
      expect(isPartialFile(name)).toBe(false);
    },
  );

  it.each([
    ['"0123"', '"0123"'],
    [`"${"a".repeat(64)}"`, `"${"a".repeat(64)}"`],
    ['"with:/\\*?<>|~!\'()% in it"', undefined],
    ['"with:/\\*?<>|~!\'()%"', '"with:/\\*?<>|~!\'()%"'],
    ['W/"weak"', undefined],
    ["unquoted", undefined],
    [`"${"a".repeat(81)}"`, undefined],
    [undefined, undefined],
  ])("keeps the ETag %s as %s, and fits everywhere", async (etag, kept) => {
    const name = partialName("weights.bin", "hash", etag);
    expect(name).toMatch(/^[\w.%-]{1,143}$/);
    const found = await (await Leftovers.in(await folderWith([name], 0))).take("weights.bin", versionOf("hash"));
    expect(found).toMatchObject({ size: 7, etag: kept });
  });
});

describe("what a download that broke off left behind", () => {
  it("is found at once when its process has ended, or has given it up", async () => {
    expect(await clear(await folderWith([ofProcess(ended), partialName("weights.bin")], 0))).toEqual([]);
  });

  it("is left alone while its process may work on it", async () => {
    const working = partialName("weights.bin", "hash", undefined, true);
    // Of another thread, which has its own notes.
    const thread = partialName("weights.bin").replace(/[0-9a-f]{8}\.part$/, "00000000.part");
    for (const [names, minutes] of [
      [[ofProcess(process.ppid), thread, working, former], 50],
      [[ofProcess(process.ppid), thread, working, former], -50],
      [[ofMachine("00000000", ended)], 1],
      [[ofMachine("00000000", ended)], -1],
    ] as const) {
      expect(await clear(await folderWith([...names], minutes))).toEqual([...names].toSorted());
    }
  });

  it.each([70, -70])("is found when nobody has touched it for long, wherever it was (%i minutes)", async (minutes) => {
    const names = [ofProcess(process.ppid), ofMachine("00000000", process.pid), former];
    expect(await clear(await folderWith(names, minutes))).toEqual([]);
  });

  it("is taken by the download of the same target in the same version, the longest of all", async () => {
    const names = [partialName("a", "v1"), partialName("a", "v1"), partialName("a", "v2"), partialName("b", "v1")];
    const folder = await folderWith(names, 0);
    await writeFile(join(folder, names[1] ?? ""), "longer partial");
    const found = await (await Leftovers.in(folder)).take("a", versionOf("v1"));
    expect(found).toMatchObject({ path: join(folder, names[1] ?? ""), size: 14 });
    expect((await readdir(folder)).toSorted()).toEqual([names[1], names[3]].toSorted());
  });

  it("stays if it is wanted later", async () => {
    const names = [partialName("a", "v1"), partialName("a", "v2"), partialName("b", "v1")];
    const folder = await folderWith(names, 0);
    await (await Leftovers.in(folder)).clear(wantedLater([["a", "v2"]]));
    expect(await readdir(folder)).toEqual([names[1]]);
  });

  it("is a file and nothing else, and its folder may not be there yet", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, ofProcess(ended)));
    expect(await clear(folder)).toHaveLength(1);
    await (await Leftovers.in(join(folder, "nothing"))).clear();
  });

  it("goes with the next download to that place", async () => {
    const { hub } = await serveFile("hub", someBytes(10));
    const folder = await folderWith([ofProcess(ended), ofProcess(ended, "other.bin")], 0);
    await downloadTo(hub.models, input, join(folder, "weights.bin"));
    expect((await readdir(folder)).filter(isPartialFile)).toHaveLength(1);
  });

  it("goes with the next download of its folder, whatever file it was of", async () => {
    const { hub } = await MockRepo.create();
    await hub.models.files.upload({ repo, files: [{ path: "data/a.txt", content: "a" }] });
    const folder = await temporaryFolder();
    await mkdir(join(folder, "data"));
    await writeFile(join(folder, "data", ofProcess(ended, "gone.bin")), "partial");
    await writeFile(join(folder, "data", ofProcess(process.ppid)), "of another download");
    await downloadFolder(hub.models, { repo }, folder, { include: ["data/"] });
    expect(Object.values(await filesBelow(folder)).toSorted()).toEqual(["a", "of another download"]);
  });

  it("is never uploaded, whatever the patterns are", async () => {
    const folder = await folderWith([ofProcess(process.pid), ofProcess(ended), former, "own.part"], 0);
    await mkdir(join(folder, "below"));
    await writeFile(join(folder, "below", former), "partial");
    for (const filter of [{}, { include: ["*"] }, { include: ["*.part", ".*", former] }]) {
      const paths: string[] = [];
      for await (const { path } of localFolder(folder, filter)) paths.push(path);
      expect(paths).toEqual(["own.part"]);
    }
  });
});
