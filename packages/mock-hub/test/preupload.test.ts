import { beforeEach, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { type Api, apiOf, ndjson, pluck, present, sha256, someBytes } from "./api.js";
import { uploadLarge } from "./lfs.js";

let hub: MockHub;
let ada: Api;

beforeEach(async () => {
  hub = createMockHub({ seed: 1 });
  ada = apiOf(hub, hub.tokens.write);
  await ada("POST", "/api/repos/create", { name: "files" });
});

const file = (path: string, content: string) => ({ key: "file", value: { path, content } });
const commit = (...operations: unknown[]) =>
  ada("POST", "/api/models/ada/files/commit/main", ndjson({ key: "header", value: { summary: "s" } }, ...operations));

const sample = btoa("text");
const ask = (files: object[], more: object = {}, api = ada, query = "") =>
  api("POST", `/api/models/ada/files/preupload/main${query}`, { files, ...more });
const modes = ({ body }: { body: unknown }) => pluck((body as { files: unknown }).files, "uploadMode");

it("preupload sends large files, those of .gitattributes and those that are not text to LFS", async () => {
  const limit = 10 * 1024 * 1024;
  const answer = await ask([
    { path: "a.txt", size: limit, sample },
    { path: "b.txt", size: limit + 1, sample },
    { path: "c/c.safetensors", size: 1, sample },
    { path: "d.dat", size: 3, sample: btoa("a\0b") },
    { path: "e.dat", size: 3, sample: "not base64" },
    { path: "f.dat", size: 3, sample: "abcde" },
  ]);
  expect(modes(answer)).toEqual(["regular", "lfs", "lfs", "lfs", "regular", "regular"]);
  const head = hub.state.repos.models.find("ada/files")?.git.head.id;
  expect(answer.body).toMatchObject({ commitOid: head });
});

it("preupload goes by the .gitattributes of the request, then by that of the revision", async () => {
  const files = [
    { path: "a.bin", size: 1, sample },
    { path: "a.txt", size: 1, sample },
  ];
  expect(modes(await ask(files, { gitAttributes: "*.txt filter=lfs" }))).toEqual(["regular", "lfs"]);
  await commit(file(".gitattributes", "*.txt filter=lfs"));
  expect(modes(await ask(files))).toEqual(["regular", "lfs"]);
  await commit({ key: "deletedFile", value: { path: ".gitattributes" } });
  expect(modes(await ask(files))).toEqual(["regular", "regular"]);
});

it("preupload goes by .gitignore likewise", async () => {
  const files = [
    { path: "a.log", size: 1, sample },
    { path: "tmp/a.txt", size: 1, sample },
  ];
  const ignored = async (more?: object) =>
    pluck(((await ask(files, more)).body as { files: unknown }).files, "shouldIgnore");
  expect(await ignored()).toEqual([false, false]);
  await commit(file(".gitignore", "*.log"));
  expect(await ignored()).toEqual([true, false]);
  expect(await ignored({ gitIgnore: "tmp/" })).toEqual([false, true]);
});

it("preupload names what is there, by the id that its kind of file has", async () => {
  await commit(file("a.txt", "hello\n"), await uploadLarge(hub.fetch, ada, "ada/files", "w.bin", someBytes(80)));
  const { body } = await ask(["a.txt", "w.bin", "new"].map((path) => ({ path, size: 1, sample })));
  expect(pluck((body as { files: unknown }).files, "oid")).toEqual([
    "ce013625030ba8dba906f756967f9e9ca394464a",
    await sha256(someBytes(80)),
    undefined,
  ]);
});

it("preupload takes a thousand files, and wants all that is said of them", async () => {
  const files = Array.from({ length: 1001 }, (_, index) => ({ path: `${index}`, size: 1, sample }));
  expect((await ask(files.slice(1))).status).toBe(200);
  expect((await ask(files)).status).toBe(400);
  for (const name of ["path", "size", "sample"])
    expect((await ask([{ path: "a", size: 1, sample, [name]: undefined }])).status).toBe(400);
});

it("preupload is for writers, and for everyone who opens a pull request", async () => {
  const grace = apiOf(hub, hub.tokens.other);
  expect((await ask([], {}, grace)).status).toBe(403);
  expect((await ask([], {}, grace, "?create_pr=true")).status).toBe(200);
  expect((await ask([], {}, apiOf(hub, hub.tokens.read), "?create_pr=true")).status).toBe(403);
  // There ada may only read.
  const { id } = present([...hub.state.repos.models].find(({ record }) => record.owner === "tiny-labs"));
  expect((await ada("POST", `/api/models/${id}/preupload/main`, { files: [] })).status).toBe(403);
});
