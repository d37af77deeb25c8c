import fc from "fast-check";
import { beforeEach, describe, expect, it } from "vitest";
import { HubIntegrityError, HubResponseError } from "../../src/errors.js";
import { readHeader } from "../../src/files/safetensors/header.js";
import { MockRepo, repo } from "../servers/mock-repo.js";
import { failure } from "../servers/setup.js";

let own: MockRepo;
beforeEach(async () => {
  own = await MockRepo.create();
});

const bytesOf = (text: string): Uint8Array => new TextEncoder().encode(text);

/** A file with this header, and zeros for the tensors. */
function fileOf(header: unknown, dataBytes = 0, claimed?: number | bigint): Uint8Array<ArrayBuffer> {
  const text = typeof header === "string" ? header : JSON.stringify(header);
  const json = bytesOf(text);
  const file = new Uint8Array(8 + json.byteLength + dataBytes);
  new DataView(file.buffer).setBigUint64(0, BigInt(claimed ?? json.byteLength), true);
  file.set(json, 8);
  return file;
}

const tensor = (dtype: string, shape: number[], from: number, to: number): object => ({
  dtype,
  shape,
  data_offsets: [from, to],
});

const upload = (files: Record<string, Uint8Array | string>): Promise<unknown> =>
  own.hub.models.files.upload({ repo, files: Object.entries(files).map(([path, content]) => ({ path, content })) });
const read = (path?: string) => own.hub.models.files.getSafetensorsMetadata({ repo, ...(path && { path }) });
const resolved = (): string[] => own.sent.map(({ url }) => url).filter((url) => url.includes("/resolve/"));

describe("the header of a model", () => {
  it("says what its tensors are, and how many parameters there are of each type", async () => {
    const header = {
      __metadata__: { format: "pt" },
      a: tensor("F32", [2, 3], 0, 24),
      b: tensor("BF16", [4], 24, 32),
      scalar: tensor("F32", [], 32, 36),
      empty: tensor("I64", [0, 7], 36, 36),
    };
    await upload({ "model.safetensors": fileOf(header, 36) });
    own.forget();
    const { __metadata__: metadata, ...tensors } = header;
    expect(await read()).toEqual({
      sharded: false,
      files: [{ path: "model.safetensors", metadata, tensors }],
      parameterCount: { F32: 7, BF16: 4, I64: 0 },
    });
    expect(resolved()).toHaveLength(1);
  });

  it("comes in two parts when it is long, of one commit, and its tensors do not come at all", async () => {
    const many = Object.fromEntries(
      Array.from({ length: 3000 }, (_, nth) => [`layer.${nth}.weight`, tensor("F32", [1], nth * 4, nth * 4 + 4)]),
    );
    const file = fileOf(many, 12_000);
    expect(file.byteLength).toBeGreaterThan(200_000);
    await upload({ "model.safetensors": file });
    own.forget();
    const { files, parameterCount } = await read();
    expect(Object.keys(files[0]?.tensors ?? {})).toHaveLength(3000);
    expect(parameterCount).toEqual({ F32: 3000 });
    expect(resolved()).toHaveLength(2);
    expect(resolved()[1]).toMatch(/\/resolve\/[0-9a-f]{40}\/model\.safetensors$/);
  });

  it("is several when an index says so, read at the commit of the index", async () => {
    await upload({
      "sub/model.safetensors.index.json": JSON.stringify({
        metadata: { total_size: 12 },
        weight_map: { a: "m-1.safetensors", b: "m-2.safetensors", c: "m-1.safetensors" },
      }),
      "sub/m-1.safetensors": fileOf({ a: tensor("F32", [1], 0, 4), c: tensor("F16", [2], 4, 8) }, 8),
      "sub/m-2.safetensors": fileOf({ b: tensor("F32", [1], 0, 4) }, 4),
    });
    own.forget();
    const { sharded, files, parameterCount } = await read("sub/model.safetensors.index.json");
    expect({ sharded, paths: files.map(({ path }) => path), parameterCount }).toEqual({
      sharded: true,
      paths: ["sub/m-1.safetensors", "sub/m-2.safetensors"],
      parameterCount: { F32: 2, F16: 2 },
    });
    expect(
      resolved()
        .slice(1)
        .every((url) => /\/resolve\/[0-9a-f]{40}\//.test(url)),
    ).toBe(true);
  });

  it("is looked for in an index where there is no single file", async () => {
    await upload({
      "model.safetensors.index.json": JSON.stringify({ weight_map: { a: "m.safetensors" } }),
      "m.safetensors": fileOf({ a: tensor("F32", [1], 0, 4) }, 4),
    });
    expect((await read()).sharded).toBe(true);
  });

  it("is none where there is neither", async () => {
    for (const path of [undefined, "other.safetensors", "other.index.json"]) {
      expect(await failure(read(path))).toMatchObject({ name: "HubResponseError", code: "EntryNotFound" });
      expect(await failure(read(path))).toBeInstanceOf(HubResponseError);
    }
  });
});

describe("a header that is not valid is refused:", () => {
  it.each<[string, Uint8Array | string, string]>([
    ["a file of a few bytes", "abc", "the file has 3 bytes"],
    ["a header that claims more than the format allows", fileOf("{}", 0, 2n ** 63n), "the format allows 100000000"],
    ["a header that claims more than the file has", fileOf("{}", 0, 5000), "it claims 5000 bytes of 10"],
    ["no JSON", fileOf("{"), "it is no JSON"],
    ["a list", fileOf([]), "it is no object"],
    ["an HTML page", "<!doctype html><title>Sign in</title>", "it claims"],
    ["metadata that is no text", fileOf({ __metadata__: { a: { b: 1 } } }), '__metadata__."a" is no text'],
    ["a tensor that is none", fileOf({ a: 1 }), 'the tensor "a" is no object'],
    ["no type", fileOf({ a: { shape: [], data_offsets: [0, 0] } }), "has no dtype"],
    ["a negative dimension", fileOf({ a: tensor("F32", [-1], 0, 4) }, 4), "has no shape"],
    ["offsets that go back", fileOf({ a: tensor("F32", [1], 4, 0) }, 4), "has no data_offsets"],
    [
      "bytes that the shape does not fit",
      fileOf({ a: tensor("F32", [2], 0, 4) }, 4),
      "its shape of 2 F32 does not fit",
    ],
    ["more elements than there are numbers", fileOf({ a: tensor("X", [2 ** 40, 2 ** 40], 0, 4) }, 4), "can be counted"],
    [
      "tensors that overlap",
      fileOf({ a: tensor("F32", [2], 0, 8), b: tensor("F32", [1], 4, 8) }, 8),
      'the tensor "b" overlaps the one before it',
    ],
    ["tensors beyond the end", fileOf({ a: tensor("F32", [2], 0, 8) }, 4), "its tensors end at byte 8 of 4"],
  ])("%s", async (_, content, words) => {
    await upload({ "model.safetensors": content });
    const error = await failure(read());
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain(`model.safetensors has no`);
    expect(String(error)).toContain(words);
  });

  it.each([
    ["no JSON", "<html>", "it is no JSON"],
    ["no map", "{}", "it has no weight_map"],
    ["a file elsewhere", JSON.stringify({ weight_map: { a: "../other/m.safetensors" } }), "no file beside it"],
    ["a file of another kind", JSON.stringify({ weight_map: { a: "pytorch_model.bin" } }), "no file beside it"],
    ["a tensor that its file lacks", JSON.stringify({ weight_map: { x: "m.safetensors" } }), 'has no tensor "x"'],
  ])("an index with %s", async (_, index, words) => {
    await upload({
      "model.safetensors.index.json": index,
      "m.safetensors": fileOf({ a: tensor("F32", [1], 0, 4) }, 4),
    });
    const error = await failure(read());
    expect(error).toBeInstanceOf(HubIntegrityError);
    expect(String(error)).toContain(words);
  });

  it("whatever it holds, it is read or refused in words", () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), fc.nat(), (text, size) => {
        try {
          readHeader("m.safetensors", text, size);
        } catch (error) {
          expect(error).toBeInstanceOf(HubIntegrityError);
        }
      }),
      { numRuns: 300 },
    );
  });
});
