import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { filesBelow, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { failure } from "../../../test/servers/setup.js";
import { HubInputError } from "../../errors.js";
import { downloadFolder } from "../downloads/download-folder.js";
import { localFile } from "./local-file.js";
import { localFolder } from "./local-folder.js";
import type { PathFilter } from "../patterns/path-filter.js";

async function pathsOf(folder: string | URL, filter?: PathFilter): Promise<string[]> {
  const paths: string[] = [];
  for await (const { path } of localFolder(folder, filter)) paths.push(path);
  return paths;
}

describe("the files of a folder", () => {
  const files = {
    "b.txt": "b",
    "a/z.bin": "z",
    "a/a.bin": "a",
    "a.txt": "a",
    "B.txt": "B",
    ".hidden": "hidden",
    "dir/.gitignore": "*.tmp",
  };

  it("come with their bytes, in an order that does not depend on the disk", async () => {
    const folder = await temporaryFolder(files);
    expect(await pathsOf(folder)).toEqual([
      ".hidden",
      "B.txt",
      "a/a.bin",
      "a/z.bin",
      "a.txt",
      "b.txt",
      "dir/.gitignore",
    ]);
    expect(await pathsOf(pathToFileURL(folder))).toHaveLength(7);
    for await (const { path, content } of localFolder(folder)) {
      expect(await (content as Blob).text()).toBe(files[path as keyof typeof files]);
    }
  });

  it("come in the order of their UTF-16 units, which is not that of their bytes on the disk", async () => {
    expect(await pathsOf(await temporaryFolder({ "～": "1", "😀": "2" }))).toEqual(["😀", "～"]);
  });

  it("leave Git's own files and those of other tools out, at any depth", async () => {
    const folder = await temporaryFolder({
      ".git/config": "secret",
      "module/.git": "gitdir: ../.git/modules/module",
      "vendored/.git/objects/00": "x",
      ".cache/huggingface/download/a.lock": "",
      "home/.cache/huggingface/token": "secret",
      ".cache/own": "own",
      ".gitignore": "x",
      "kept.git": "kept",
    });
    expect(await pathsOf(folder)).toEqual([".cache/own", ".gitignore", "kept.git"]);
  });

  it.each<[PathFilter, string[]]>([
    [{ include: ["*.bin"] }, ["a/a.bin", "a/z.bin"]],
    [{ exclude: ["*.txt", ".*"] }, ["a/a.bin", "a/z.bin"]],
    [{ include: ["a/**"], exclude: ["z.bin"] }, ["a/a.bin"]],
    [{ exclude: ["a"] }, [".hidden", "B.txt", "a.txt", "b.txt", "dir/.gitignore"]],
    [{ include: ["nothing"] }, []],
  ])("fit the filter %j", async (filter, expected) => {
    expect(await pathsOf(await temporaryFolder(files), filter)).toEqual(expected);
  });

  it("are followed through links to files, and not through links to folders", async () => {
    const elsewhere = await temporaryFolder({ "file.txt": "linked", "folder/below.txt": "below" });
    const folder = await temporaryFolder({ "own.txt": "own" });
    await symlink(join(elsewhere, "file.txt"), join(folder, "link.txt"));
    await symlink(join(elsewhere, "folder"), join(folder, "linked folder"));
    await symlink(folder, join(folder, "loop"));
    expect(await pathsOf(folder)).toEqual(["link.txt", "own.txt"]);
  });

  it("say which of them is a link to nothing, and what to do", async () => {
    const folder = await temporaryFolder({ "own.txt": "own" });
    await symlink("nowhere/nothing", join(folder, "broken link"));
    const error = await failure(pathsOf(folder));
    expect(error).toBeInstanceOf(HubInputError);
    expect(error).toMatchObject({ cause: { code: "ENOENT" } });
    expect(String(error)).toContain(
      `${join(folder, "broken link")} cannot be read: it is a link to nowhere/nothing, where there is no file; remove it, or exclude it`,
    );
    expect(await pathsOf(folder, { exclude: ["broken link"] })).toEqual(["own.txt"]);
    expect(await pathsOf(folder, { include: ["*.txt"] })).toEqual(["own.txt"]);
  });

  // Other systems keep names in Unicode.
  it.skipIf(process.platform !== "linux")("say which of them has a name that is not UTF-8", async () => {
    for (const isFolder of [false, true]) {
      const folder = await temporaryFolder({ "own.txt": "own" });
      const path = Buffer.concat([Buffer.from(`${folder}/caf`), Buffer.of(0xe9)]);
      if (isFolder) await mkdir(path);
      else await writeFile(path, "latin-1");
      const error = await failure(pathsOf(folder));
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain(
        `caf\ufffd cannot be ${isFolder ? "listed" : "read"}: its name seems not to be UTF-8`,
      );
      expect(await pathsOf(folder, { exclude: ["caf?"] })).toEqual(["own.txt"]);
    }
  });

  it("are not looked for in a folder that is excluded", async () => {
    const folder = await temporaryFolder({ "own.txt": "own" });
    await mkdir(join(folder, "private"));
    await symlink("nothing", join(folder, "private/broken link"));
    for (const pattern of ["private", "private/", "private/*", "/private/**", "{private,other}/"]) {
      expect(await pathsOf(folder, { exclude: [pattern] })).toEqual(["own.txt"]);
    }
  });

  it("leave out what a pattern with braces or a class names, such as private keys", async () => {
    const folder = await temporaryFolder({ "id.pem": "secret", "deep/id.key": "secret", "own.txt": "own" });
    expect(await pathsOf(folder, { exclude: ["*.{pem,key}"] })).toEqual(["own.txt"]);
    expect(await pathsOf(folder, { exclude: ["*.[pk]e[my]"] })).toEqual(["own.txt"]);
    expect(await pathsOf(folder, { exclude: ["./id.pem", "./deep"] })).toEqual(["own.txt"]);
    expect(await pathsOf(folder, { include: ["*.{pem,key}"] })).toEqual(["deep/id.key", "id.pem"]);
  });

  it.each<[PathFilter, string]>([
    [{ exclude: ["*.{pem,key"] }, '"*.{pem,key" has an unclosed {'],
    [{ exclude: ["!keep"] }, '"!keep" starts with !'],
    [{ include: ["@(a|b)"] }, '"@(a|b)" has @('],
    [{ include: "*.bin" as unknown as string[] }, "include is string; expected a list of patterns"],
    [{ exclude: "*.pem" as unknown as string[] }, "exclude is string; expected a list of patterns"],
  ])("are refused before any is read, with a filter that is not understood: %j", async (filter, words) => {
    const nowhere = join(await temporaryFolder(), "nothing");
    const error = await failure(pathsOf(nowhere, filter));
    expect(error).toBeInstanceOf(HubInputError);
    expect(String(error)).toContain(words);
    const { hub } = await MockRepo.create();
    expect(String(await failure(downloadFolder(hub.models, { repo }, nowhere, filter)))).toContain(words);
  });

  it.each([
    ["ignore", "unknown option ignore; expected include, exclude"],
    ["excludes", "unknown option excludes; did you mean exclude?"],
  ])("are refused with a filter of another name: %s", async (name, words) => {
    const folder = await temporaryFolder({ "id.pem": "secret" });
    expect(String(await failure(pathsOf(folder, { [name]: ["*.pem"] })))).toContain(words);
  });

  it("are none where there is no folder", async () => {
    const folder = await temporaryFolder({ file: "file" });
    for (const path of [join(folder, "nothing"), join(folder, "file")]) {
      const error = await failure(pathsOf(path));
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain(`${path} cannot be listed`);
    }
  });

  it("go to the Hub and come back the same", async () => {
    const { hub } = await MockRepo.create();
    const folder = await temporaryFolder({ ...files, "weights.bin": `\0${"w".repeat(200_000)}` });
    await mkdir(join(folder, "no files in here"));
    await hub.models.files.upload({ repo, path: "out", files: localFolder(folder) });
    const back = await temporaryFolder();
    await downloadFolder(hub.models, { repo, path: "out" }, back);
    expect(await filesBelow(back)).toEqual(await filesBelow(folder));
  });
});

describe("a file of the disk", () => {
  it("has its size at once, and its bytes when they are read", async () => {
    const folder = await temporaryFolder({ "file.txt": "content" });
    for (const path of [join(folder, "file.txt"), pathToFileURL(join(folder, "file.txt"))]) {
      const file = await localFile(path);
      expect(file.size).toBe(7);
      expect(await file.slice(2, 5).text()).toBe("nte");
    }
  });

  it("is refused where there is none", async () => {
    const folder = await temporaryFolder();
    const lost = await failure(localFile(join(folder, "nothing")));
    expect(lost).toBeInstanceOf(HubInputError);
    expect(lost).toMatchObject({ cause: { code: "ENOENT" } });
    const notOne = await failure(localFile(folder));
    expect(notOne).toBeInstanceOf(HubInputError);
    expect(String(notOne)).toContain("for a folder use localFolder");
  });
});
