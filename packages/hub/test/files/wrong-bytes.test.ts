import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { HubInputError, HubIntegrityError } from "../../src/errors.js";
import type { DownloadOptions } from "../../src/files/download/download.js";
import type { ExpectedFile } from "../../src/files/download/expected-file.js";
import type { HubFile } from "../../src/files/download/hub-file.js";
import type { Hub } from "../../src/hub.js";
import { downloadTo } from "../../src/node/downloads/download-to.js";
import { commit, input, isSame, serveFile, sha256, someBytes } from "../servers/file-server.js";
import { gitOid, namedHub, roads, serveBy, type FileKind } from "../servers/file-roads.js";
import { failure } from "../servers/setup.js";
import { filesBelow, temporaryFolder } from "./temporary-folder.js";

const content = someBytes(5_003);
const page = Buffer.from("<!doctype html><title>Sign in</title>".padEnd(content.length, " "));
const pointer = Buffer.from(
  `version https://git-lfs.github.com/spec/v1\noid sha256:${sha256(content)}\nsize ${content.length}\n`,
);
const wrong: Record<string, Uint8Array> = {
  "an HTML page": Buffer.from("<!doctype html><title>Sign in</title>"),
  "an HTML page of the same length": page,
  "the pointer of Git LFS": pointer,
  "the first half": content.subarray(0, 2_500),
  "too much": Buffer.concat([content, content]),
  "the bytes of another commit": someBytes(content.length, 1),
  "one wrong bit": content.with(2_345, (content[2_345] ?? 0) ^ 1),
  nothing: new Uint8Array(),
};
const kinds: FileKind[] = ["small", "large", "large, with its storage behind the Hub"];

type Method = (hub: Hub, options?: DownloadOptions) => Promise<HubFile>;
const methods: Record<string, Method> = {
  download: (hub, options) => hub.models.files.download(input, options),
  downloadCached: (hub, options) => hub.datasets.files.downloadCached(input, options),
  downloadParquetFile: (hub, options) =>
    hub.datasets.downloadParquetFile({ repo: "ns/repo", subset: "default", split: "train", n: 0 }, options),
};

describe.each(Object.keys(roads))("a file that comes %s", (road) => {
  describe.each(kinds)("and is %s", (kind) => {
    it.each(Object.keys(methods))("has by %s all that the Hub says of it, and its bytes", async (method) => {
      const file = await methods[method]?.(await serveBy(road, kind, content, content));
      const named = kind === "small" ? { gitOid: gitOid(content) } : { sha256: sha256(content), xetHash: "xet" };
      expect(file).toMatchObject({ ...named, size: content.length, commit, etag: Object.values(named)[0] });
      expect(isSame((await file?.bytes()) ?? page, content)).toBe(true);
    });

    it.each(Object.keys(wrong))("is refused with %s in its place", async (name) => {
      const sent = wrong[name] ?? content;
      for (const method of Object.values(methods)) {
        const file = method(await serveBy(road, kind, content, sent)).then((found) => found.bytes());
        // With retries a broken-off file would be asked for again, and then be refused for good.
        expect(await failure(file)).toMatchObject({ name: expect.stringMatching(/^Hub(Integrity|Connection)Error$/) });
      }
      const folder = await temporaryFolder();
      const hub = await serveBy(road, kind, content, sent);
      await failure(downloadTo(hub.models, input, join(folder, "file")));
      expect(await filesBelow(folder)).toEqual({});
    });
  });
});

it("what another server says of a file is not taken for what the Hub says", async () => {
  const facts = { "x-linked-etag": `"${sha256(content)}"`, "x-repo-commit": commit, "x-xet-hash": "xet" };
  const hub = await namedHub(({ url = "" }, response) => {
    if (!url.startsWith("/bytes")) response.writeHead(302, { location: "https://cdn.example/bytes" }).end();
    else response.writeHead(200, { ...facts, etag: `"${gitOid(content)}"`, "content-length": 5 }).end("other");
  });
  const file = await hub.models.files.download(input);
  expect(file).toMatchObject({ sha256: undefined, gitOid: undefined, commit: undefined, xetHash: undefined });
  expect(await file.text()).toBe("other");
});

it("another server that redirects to the Hub cannot have it vouch for another file", async () => {
  const evil = wrong["one wrong bit"] ?? content;
  const redirect = (named: Uint8Array, location: string) => ({
    "x-linked-etag": `"${sha256(named)}"`,
    "x-linked-size": named.length,
    location,
  });
  for (const hubs of ["https://hub.example", "https://huggingface.co"]) {
    const hub = await namedHub(({ url = "" }, response) => {
      if (url.startsWith("/bytes")) response.writeHead(302, { location: `${hubs}/evil` }).end();
      else if (url.startsWith("/evil")) response.writeHead(302, redirect(evil, "https://cdn.example/last")).end();
      else if (url.startsWith("/last")) response.writeHead(200, { "content-length": evil.length }).end(evil);
      else response.writeHead(302, redirect(content, "https://cdn.example/bytes")).end();
    });
    const file = await hub.models.files.download(input);
    expect(file.sha256).toBe(sha256(content));
    expect(await failure(file.bytes())).toBeInstanceOf(HubIntegrityError);
  }
});

describe("a file of which the Hub says nothing", () => {
  /** Its length is told or not. */
  const silentHub = (sent: Uint8Array, hasLength: boolean): Promise<Hub> =>
    namedHub((_, response) => {
      response.writeHead(200, hasLength ? { "content-length": sent.length } : {}).end(sent);
    });
  const known: Record<string, ExpectedFile> = {
    "its SHA-256": { sha256: sha256(content) },
    "Git's id of it": { gitOid: gitOid(content) },
    "its size and SHA-256": { size: content.length, sha256: sha256(content) },
    "its size and Git's id of it": { size: content.length, gitOid: gitOid(content) },
  };

  describe.each([true, false])("whose length is told: %s", (hasLength) => {
    it.each(Object.keys(known))("passes with the right bytes where the caller knows %s", async (name) => {
      const hub = await silentHub(content, hasLength);
      const file = await hub.models.files.download(input, { expected: known[name] });
      expect(isSame(await file.bytes(), content)).toBe(true);
    });

    it.each(Object.keys(known))("is refused with wrong ones where the caller knows %s", async (name) => {
      const expected = known[name];
      for (const sent of Object.values(wrong)) {
        const hub = await silentHub(sent, hasLength);
        const read = hub.models.files.download(input, { expected }).then((file) => file.bytes());
        expect(await failure(read)).toMatchObject({ name: expect.stringMatching(/^Hub(Integrity|Connection)Error$/) });
        const folder = await temporaryFolder();
        await failure(downloadTo(hub.models, input, join(folder, "file"), { expected }));
        expect(await filesBelow(folder)).toEqual({});
      }
    });
  });

  it("is compared by its size where the caller knows no more, and the server does not tell it", async () => {
    const expected = { size: content.length };
    for (const name of ["the first half", "too much", "nothing"]) {
      const hub = await silentHub(wrong[name] ?? content, false);
      const file = await hub.models.files.download(input, { expected });
      expect(file.size).toBe(content.length);
      expect(await failure(file.bytes())).toMatchObject({
        name: expect.stringMatching(/^Hub(Integrity|Connection)Error$/),
      });
    }
    const hub = await silentHub(page, false);
    expect(isSame(await (await hub.models.files.download(input, { expected })).bytes(), page)).toBe(true);
  });

  it("is compared by its size alone with verify: false", async () => {
    const hub = await silentHub(page, true);
    const options = { expected: { size: content.length, sha256: sha256(content) }, verify: false };
    const folder = await temporaryFolder();
    await downloadTo(hub.models, input, join(folder, "file"), options);
    expect(isSame(await readFile(join(folder, "file")), page)).toBe(true);
    const size = failure(hub.models.files.download(input, { expected: { size: 4 }, verify: false }));
    expect(String(await size)).toContain(`its size is ${content.length}, not 4`);
  });
});

describe("a file that is not the one expected", () => {
  it.each<[string, ExpectedFile]>([
    ["size", { size: content.length + 1 }],
    ["sha256", { sha256: "0".repeat(64) }],
    ["commit", { commit: "0".repeat(40) }],
  ])("by its %s is refused before its bytes are read", async (name, expected) => {
    const { hub, read } = await serveFile("storage", content, () => ({ silentAfter: 10 }));
    const error = await failure(hub.models.files.download(input, { expected }));
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain(`its ${name} is `);
    await read[0]?.closed;
  });

  it("is refused in parts as well", async () => {
    const part = { ...input, range: { start: 5, end: 9 } };
    const { hub } = await serveFile("storage", content);
    const right = { size: content.length, sha256: sha256(content) };
    const file = await hub.models.files.download(part, { expected: right });
    expect(isSame(await file.bytes(), content.subarray(5, 10))).toBe(true);
    const error = await failure(hub.models.files.download(part, { expected: { size: 5 } }));
    expect(String(error)).toContain(`its size is ${content.length}, not 5`);
  });

  it("is refused when it is of another commit than was asked for", async () => {
    const { hub } = await serveFile("hub", content);
    for (const method of ["download", "downloadCached"] as const) {
      const file = await hub.models.files[method]({ ...input, revision: commit });
      file.close();
      const error = await failure(hub.models.files[method]({ ...input, revision: "d".repeat(40) }));
      expect(error).toBeInstanceOf(HubIntegrityError);
      expect(String(error)).toContain(`its commit is ${commit}, not ${"d".repeat(40)}`);
    }
  });
});

it.each<[string, ExpectedFile]>([
  ["size", { size: -1 }],
  ["size", { size: 1.5 }],
  ["sha256", { sha256: "abc" }],
  ["sha256", { sha256: "A".repeat(64) }],
  ["gitOid", { gitOid: "*".repeat(40) }],
  ["commit", { commit: "main" }],
])("an expected %s that no file has is refused before anything is sent: %j", async (name, expected) => {
  const { hub, asked } = await serveFile("hub", content);
  const error = await failure(hub.models.files.download(input, { expected }));
  expect(error).toBeInstanceOf(HubInputError);
  expect(String(error)).toContain(`expected.${name} is`);
  expect(asked).toEqual([]);
});
