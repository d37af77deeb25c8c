import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { filesBelow, temporaryFolder } from "../../test/files/temporary-folder.js";
import { input, serveFile, someBytes } from "../../test/servers/file-server.js";
import { MockRepo, repo } from "../../test/servers/mock-repo.js";
import { downloadFolder } from "./download-folder.js";
import { downloadTo } from "./download-to.js";
import { localFolder } from "./local-folder.js";
import { isPartialFile, partialName, removeLeftovers } from "./partial-file.js";

const former = ".550e8400-e29b-41d4-a716-446655440000.part";

/** The number of a process that has ended. */
let ended: number;
beforeAll(async () => {
  const child = spawn(process.execPath, ["--version"], { stdio: "ignore" });
  await once(child, "exit");
  ended = child.pid ?? 0;
});

const ofProcess = (id: number, target = "weights.bin"): string =>
  partialName(target).replace(`-${process.pid}-`, `-${id}-`);
/** Of the process with that number on another machine. */
const ofMachine = (name: string, id: number): string => ofProcess(id).replace(/^(\.hf-\w+-)\w+/, `$1${name}`);

/** A folder with such files, the last write to which was so many minutes ago. */
async function folderWith(names: string[], minutes: number): Promise<string> {
  const folder = await temporaryFolder();
  for (const name of names) {
    await writeFile(join(folder, name), "partial");
    const time = Date.now() / 1000 - minutes * 60;
    await utimes(join(folder, name), time, time);
  }
  return folder;
}

describe("the name of a partial file", () => {
  it("is known as one, and each is another", () => {
    const names = [partialName("a"), partialName("a"), partialName("b".repeat(255)), former];
    expect(names.map(isPartialFile)).toEqual([true, true, true, true]);
    expect(new Set(names).size).toBe(4);
    expect(Math.max(...names.map((name) => name.length))).toBeLessThan(64);
  });

  it.each([
    "a.part",
    ".part",
    ".hidden.part",
    ".hf-notes.part",
    `${former}.txt`,
    "550e8400-e29b-41d4-a716-446655440000.part",
  ])("is not %j", (name) => {
    expect(isPartialFile(name)).toBe(false);
  });
});

describe("what a killed download left behind", () => {
  it("is removed at once when its process has ended", async () => {
    const folder = await folderWith([ofProcess(ended), ofProcess(ended)], 0);
    await removeLeftovers(folder, "weights.bin");
    expect(await readdir(folder)).toEqual([]);
  });

  it("is left alone while its process may write to it", async () => {
    const names = [ofProcess(process.pid), ofProcess(process.ppid), ofMachine("00000000", ended), former].toSorted();
    const folder = await folderWith(names, 50);
    await removeLeftovers(folder);
    expect((await readdir(folder)).toSorted()).toEqual(names);
  });

  it("is removed when nobody has written to it for an hour, wherever it was", async () => {
    const folder = await folderWith([ofProcess(process.ppid), ofMachine("00000000", process.pid), former], 70);
    await removeLeftovers(folder);
    expect(await readdir(folder)).toEqual([]);
  });

  it("is left to the next download of its own target", async () => {
    const [own, other] = [ofProcess(ended), ofProcess(ended, "other.bin")];
    const folder = await folderWith([own, other], 0);
    await removeLeftovers(folder, "weights.bin");
    expect(await readdir(folder)).toEqual([other]);
  });

  it("is a file and nothing else, and its folder may not be there yet", async () => {
    const folder = await temporaryFolder();
    await mkdir(join(folder, ofProcess(ended)));
    await removeLeftovers(folder);
    await removeLeftovers(join(folder, "nothing"));
    expect(await readdir(folder)).toHaveLength(1);
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
