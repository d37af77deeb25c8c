import fs from "node:fs";
import { chmod, mkdir, open, readFile, rm, stat, truncate, utimes, writeFile } from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { gitOid, namedHub } from "../../../test/servers/file-roads.js";
import { filesBelow, record, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { sha256, someBytes } from "../../../test/servers/file-server.js";
import { json } from "../../../test/servers/listen.js";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { localFolder } from "../uploads/local-folder.js";
import { downloadFolder } from "./download-folder.js";
import { FileRecord } from "./file-record.js";
import type { TransferProgress } from "./transfer-meter.js";

let own: MockRepo;
let folder: string;
let lines: string;
beforeEach(async () => {
  own = await MockRepo.create();
  folder = await temporaryFolder();
  lines = join(folder, record, "hf-api-files.jsonl");
  const files = [
    { path: "data/weights.bin", content: someBytes(300_000) },
    { path: "config.json", content: "{}" },
  ];
  await own.hub.models.files.upload({ repo, files });
  await downloadFolder(own.hub.models, { repo }, folder);
  own.forget();
});
afterEach(() => vi.restoreAllMocks());

/** The second run: what it wrote, and which files it read to hash them. */
async function again(): Promise<{ written: string[]; hashed: string[]; steps: TransferProgress[] }> {
  const hashed: string[] = [];
  const read = fs.createReadStream;
  vi.spyOn(fs, "createReadStream").mockImplementation((path, options) => {
    hashed.push(String(path).slice(folder.length + 1));
    return read(path, options);
  });
  syncBuiltinESMExports();
  const steps: TransferProgress[] = [];
  try {
    const onProgress = (step: TransferProgress): void => void steps.push(step);
    const { written } = await downloadFolder(own.hub.models, { repo }, folder, { onProgress });
    return { written, hashed: hashed.toSorted(), steps };
  } finally {
    vi.restoreAllMocks();
    syncBuiltinESMExports();
  }
}

describe("a second run", () => {
  it("hashes nothing and asks for no bytes, and says that all is there", async () => {
    const { written, hashed, steps } = await again();
    expect([written, hashed]).toEqual([[], []]);
    expect(own.sent.filter(({ url }) => url.includes("/resolve/"))).toEqual([]);
    const total = steps[0]?.total;
    expect(steps.at(-1)).toMatchObject({ state: "checking", loaded: total, files: steps.at(-1)?.totalFiles });
  });

  it("hashes what has another time, once", async () => {
    const path = join(folder, "config.json");
    await utimes(path, 1_000_000, 1_000_000);
    expect(await again()).toMatchObject({ written: [], hashed: ["config.json"] });
    expect(await again()).toMatchObject({ written: [], hashed: [] });
  });

  it("brings back what was changed", async () => {
    await writeFile(join(folder, "config.json"), "[]");
    expect(await again()).toMatchObject({ written: ["config.json"], hashed: ["config.json"] });
    await truncate(join(folder, "config.json"), 1);
    expect(await again()).toMatchObject({ written: ["config.json"], hashed: [] });
    expect(await readFile(join(folder, "config.json"), "utf8")).toBe("{}");
  });

  it("hashes all once where the record is lost, and heeds what is whole of a broken one", async () => {
    const [first = "", ...rest] = (await readFile(lines, "utf8")).split("\n");
    await writeFile(lines, `${first}\n{"broken\n[1,2]\n${rest[0]?.slice(0, 20)}`);
    const known = (JSON.parse(first) as string[])[0] ?? "";
    expect((await again()).hashed).not.toContain(known);
    expect((await again()).hashed).toEqual([]);
    await rm(join(folder, ".cache"), { recursive: true });
    expect((await again()).hashed).toEqual([".gitattributes", "config.json", "data/weights.bin"]);
    expect((await again()).hashed).toEqual([]);
  });

  it("takes no record for the file when the repository has another one by now", async () => {
    await own.hub.models.files.upload({ repo, path: "config.json", content: "[]" });
    expect(await again()).toMatchObject({ written: ["config.json"] });
    expect(await readFile(join(folder, "config.json"), "utf8")).toBe("[]");
  });

  it.skipIf(process.platform === "win32" || process.getuid?.() === 0)(
    "works in a folder that is read-only",
    async () => {
      await rm(join(folder, ".cache"), { recursive: true });
      await chmod(folder, 0o555);
      expect((await again()).written).toEqual([]);
      await chmod(folder, 0o755);
    },
  );

  it("works where the record cannot be written", async () => {
    await rm(join(folder, ".cache"), { recursive: true });
    await writeFile(join(folder, ".cache"), "a file");
    expect(await again()).toMatchObject({ written: [] });
    expect(await readFile(join(folder, ".cache"), "utf8")).toBe("a file");
  });

  it("has a record that is neither uploaded nor taken into Git", async () => {
    const paths: string[] = [];
    for await (const { path } of localFolder(folder, { include: ["**"] })) paths.push(path);
    expect(paths).toEqual([".gitattributes", "config.json", "data/weights.bin"]);
    expect(await readFile(join(folder, record, ".gitignore"), "utf8")).toBe("*\n");
    expect(Object.keys(await filesBelow(folder))).toEqual([".gitattributes", "config.json", "data/weights.bin"]);
  });
});

describe("the record", () => {
  it("does not grow with each run", async () => {
    const at = await temporaryFolder();
    for (let run = 0; run < 3; run += 1) {
      const known = await FileRecord.of(at);
      for (let nth = 0; nth < 1000; nth += 1) known.add("a", { size: nth, mtimeMs: run }, "hash");
      await known.close();
    }
    const compact = await FileRecord.of(at);
    expect(compact.has("a", { size: 999, mtimeMs: 2 }, "hash")).toBe(true);
    expect((await readFile(join(at, record, "hf-api-files.jsonl"), "utf8")).split("\n").length).toBeLessThan(2100);
  });
});

it("a second run over 100 GB takes less than two seconds", async () => {
  const count = 200;
  const size = 500_000_000;
  const path = (nth: number): string => `data/shard-${nth}.bin`;
  // The files have holes instead of bytes. What they hash to, nobody finds out: they are recorded.
  const oid = sha256(new Uint8Array([1]));
  const entries = Array.from({ length: count }, (_, nth) => ({
    type: "file",
    path: path(nth),
    oid: gitOid(new Uint8Array()),
    size,
    lfs: { oid, size, pointerSize: 130 },
  }));
  const hub = await namedHub((_, response) => json(response, entries));
  await mkdir(join(folder, "data"), { recursive: true });
  const known = await FileRecord.of(folder);
  for (let nth = 0; nth < count; nth += 1) {
    const file = await open(join(folder, path(nth)), "w");
    await file.truncate(size);
    await file.close();
    known.add(path(nth), await stat(join(folder, path(nth))), oid);
  }
  await known.close();
  const started = performance.now();
  const input = { repo: "ns/repo", revision: "a".repeat(40) };
  const { written, unchanged } = await downloadFolder(hub.models, input, folder);
  const took = performance.now() - started;
  expect([written, unchanged.length]).toEqual([[], count]);
  expect(took).toBeLessThan(2000);
});
