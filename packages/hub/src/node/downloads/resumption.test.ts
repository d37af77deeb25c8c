import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import { filesBelow, temporaryFolder } from "../../../test/files/temporary-folder.js";
import { commit, input, isSame, serveFile, sha256, someBytes, type Twist } from "../../../test/servers/file-server.js";
import { MockRepo, repo } from "../../../test/servers/mock-repo.js";
import { failure } from "../../../test/servers/setup.js";
import { HubConnectionError, HubInputError } from "../../errors.js";
import { isPartialFile } from "../file-system/partial-file.js";
import { downloadFolder } from "./download-folder.js";
import { downloadTo } from "./download-to.js";

const content = someBytes(3_000_001);
const half = 2_000_000;

let folder: string;
let target: string;
beforeEach(async () => {
  folder = await temporaryFolder();
  target = join(folder, "weights.bin");
});

const partials = async (of = folder): Promise<string[]> => (await readdir(of)).filter(isPartialFile);

/** Leaves the first bytes of a download behind, and returns the name of the partial file. */
async function breakOff(twist: Twist = {}, bytes: Uint8Array = content): Promise<string> {
  const { hub } = await serveFile("storage", bytes, () => ({ cut: half, ...twist }));
  const error = await failure(downloadTo(hub.models, input, target, { retries: 0 }));
  expect(error).toBeInstanceOf(HubConnectionError);
  const [name = "none", ...more] = await partials();
  expect(more).toEqual([]);
  return name;
}

/** What the second download asked the storage for, and that it has made the file whole. */
async function goOn(twist: (nth: number) => Twist = () => ({}), bytes = content, options = {}) {
  const { hub, read } = await serveFile("storage", bytes, twist);
  const loaded: number[] = [];
  const onProgress = (step: { loaded: number }): void => void loaded.push(step.loaded);
  const file = await downloadTo(hub.models, input, target, { onProgress, ...options });
  expect(isSame(await readFile(target), bytes)).toBe(true);
  expect(await readdir(folder)).toEqual(["weights.bin"]);
  expect(loaded.at(-1)).toBe(bytes.length);
  const ranges = read.map(({ headers }) => [headers.range, headers["if-range"]]);
  return { file, ranges, first: loaded[0] ?? 0 };
}

describe("a download after one that broke off", () => {
  it("asks for what is missing, under the ETag of the storage", async () => {
    await breakOff();
    const { file, ranges, first } = await goOn();
    expect(ranges).toEqual([[`bytes=${half}-`, '"of-the-bytes"']]);
    expect(file).toMatchObject({ size: content.length, sha256: sha256(content), commit });
    expect(first).toBeGreaterThan(half);
  });

  it("breaks off and goes on again and again", async () => {
    await breakOff();
    const { hub } = await serveFile("storage", content, () => ({ cut: 500_000 }));
    await failure(downloadTo(hub.models, input, target, { retries: 0 }));
    const { ranges } = await goOn((nth) => (nth === 1 ? { cut: 100_000 } : {}));
    expect(ranges.map(([range]) => range)).toEqual(["bytes=2500000-", `bytes=2600000-${content.length - 1}`]);
  });

  it("asks by Range alone where the storage names no ETag, or a weak one", async () => {
    for (const etag of ["", 'W/"weak"']) {
      await breakOff({ etag });
      expect((await goOn(() => ({ etag }))).ranges).toEqual([[`bytes=${half}-`, undefined]]);
      folder = await temporaryFolder();
      target = join(folder, "weights.bin");
    }
  });

  it("starts anew when the earlier bytes are damaged", async () => {
    const name = await breakOff();
    await writeFile(join(folder, name), content.subarray(0, half).with(7, 0));
    expect((await goOn()).ranges).toEqual([
      [`bytes=${half}-`, '"of-the-bytes"'],
      [undefined, undefined],
    ]);
  });

  it("takes the whole file where the storage sends it all the same", async () => {
    await breakOff();
    expect((await goOn(() => ({ ignoresRange: true }))).ranges).toHaveLength(1);
  });

  it.each([
    ["with an ETag", '"another"', [[`bytes=${half}-`, '"of-the-bytes"']]],
    [
      "without an ETag",
      "",
      [
        [`bytes=${half}-`, undefined],
        [undefined, undefined],
      ],
    ],
  ] as const)("starts anew when the file has changed, %s", async (_, etag, asked) => {
    await breakOff({ etag: etag === "" ? "" : '"of-the-bytes"' });
    const other = someBytes(3_000_001, 5);
    expect((await goOn(() => ({ etag }), other)).ranges).toEqual(asked);
  });

  it("starts anew when the file is shorter by now", async () => {
    await breakOff({ etag: "" });
    const { ranges } = await goOn(() => ({ etag: "" }), content.subarray(0, 1000));
    expect(ranges.at(-1)).toEqual([undefined, undefined]);
  });

  it("asks for the last byte when all were there", async () => {
    const name = await breakOff();
    await writeFile(join(folder, name), content);
    expect((await goOn()).ranges.map(([range]) => range)).toEqual(["bytes=3000001-", "bytes=3000000-"]);
  });

  it("starts anew without a check, and when another file is expected", async () => {
    await breakOff();
    expect((await goOn(() => ({}), content, { verify: false })).ranges).toEqual([[undefined, undefined]]);
    folder = await temporaryFolder();
    target = join(folder, "weights.bin");
    await breakOff();
    const other = someBytes(3_000_001, 5);
    const expected = { sha256: sha256(other) };
    expect((await goOn(() => ({}), other, { expected })).ranges).toEqual([[undefined, undefined]]);
  });

  it("does not take a part of the file for its beginning", async () => {
    const part = { ...input, range: { start: 100 } };
    const { hub } = await serveFile("storage", content, () => ({ cut: half }));
    await failure(downloadTo(hub.models, part, target, { retries: 0 }));
    expect((await goOn()).ranges).toEqual([[undefined, undefined]]);
    await breakOff();
    const { hub: again } = await serveFile("storage", content);
    await downloadTo(again.models, part, target);
    expect(isSame(await readFile(target), content.subarray(100))).toBe(true);
  });

  it("is left to one process at a time", async () => {
    await breakOff();
    const { hub, read } = await serveFile("storage", content);
    await Promise.all([downloadTo(hub.models, input, target), downloadTo(hub.models, input, target)]);
    expect(isSame(await readFile(target), content)).toBe(true);
    expect(read.map(({ headers }) => headers.range === undefined).toSorted()).toEqual([false, true]);
    expect(await partials()).toEqual([]);
  });

  it("goes on after an abort", async () => {
    const { hub } = await serveFile("storage", content, () => ({ silentAfter: half }));
    const controller = new AbortController();
    const onProgress = ({ loaded }: { loaded: number }): void => {
      if (loaded === half) setTimeout(() => controller.abort(new Error("enough")));
    };
    await failure(downloadTo(hub.models, input, target, { signal: controller.signal, onProgress }));
    expect((await goOn()).ranges).toEqual([[`bytes=${half}-`, '"of-the-bytes"']]);
  });

  it("is not mixed with a range", async () => {
    const { hub, asked } = await serveFile("hub", content);
    const resume = { size: 10, isOf: () => true, read: async function* () {} };
    const range = { start: 1 };
    expect(await failure(hub.models.files.download({ ...input, range }, { resume }))).toBeInstanceOf(HubInputError);
    expect(await failure(downloadTo(hub.models, input, target, { resume }))).toBeInstanceOf(HubInputError);
    expect(asked).toEqual([]);
  });
});

describe("a download of a folder after one that broke off", () => {
  const large = someBytes(3_000_001, 9);
  let own: MockRepo;
  beforeEach(async () => {
    own = await MockRepo.create();
    const files = [
      { path: "data/a.bin", content: content as Uint8Array<ArrayBuffer> },
      { path: "data/b.bin", content: large },
      { path: "README.md", content: "# Readme" },
    ];
    await own.hub.models.files.upload({ repo, files });
    const signal = new AbortController();
    const onProgress = ({ path, loaded }: { path: string; loaded: number }): void => {
      if (path === "data/a.bin" && loaded > half) signal.abort();
    };
    const include = ["data/a.bin"];
    await failure(downloadFolder(own.hub.models, { repo }, folder, { include, signal: signal.signal, onProgress }));
    expect(await partials(join(folder, "data"))).toHaveLength(1);
    own.forget();
  });
  const fromStorage = () => own.sent.filter(({ url }) => /resolve\/\w{40}\/data/.test(url)).map(({ range }) => range);
  const isWhole = async (): Promise<void> => {
    expect(isSame(await readFile(join(folder, "data/a.bin")), content)).toBe(true);
    expect(await partials(join(folder, "data"))).toEqual([]);
  };

  it("asks for what is missing", async () => {
    const [name = ""] = await partials(join(folder, "data"));
    await writeFile(join(folder, "data", name), content.subarray(0, half));
    await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/a.bin"] });
    expect(fromStorage()).toEqual([`bytes=${half}-`]);
    await isWhole();
  });

  it("asks for nothing when all bytes were there", async () => {
    const [name = ""] = await partials(join(folder, "data"));
    await writeFile(join(folder, "data", name), content);
    const { written } = await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/a.bin"] });
    expect([written, fromStorage()]).toEqual([["data/a.bin"], []]);
    await isWhole();
  });

  it("asks for all of it when all bytes were there, and wrong", async () => {
    const [name = ""] = await partials(join(folder, "data"));
    await writeFile(join(folder, "data", name), content.with(3, 0));
    await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/a.bin"] });
    expect(fromStorage()).toEqual([null]);
    await isWhole();
  });

  it("keeps what another selection began, and removes other versions", async () => {
    await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/b.bin"] });
    expect(await partials(join(folder, "data"))).toHaveLength(1);
    await own.hub.models.files.upload({ repo, path: "data/a.bin", content: large });
    await downloadFolder(own.hub.models, { repo }, folder, { include: ["data/b.bin"] });
    expect(Object.keys(await filesBelow(folder))).toEqual(["data/b.bin"]);
  });
});
