import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { base64, gitObjectId, sha256Of } from "./file-content.js";

const bytes = Uint8Array.from({ length: 20_000 }, (_, index) => index * 7);

describe("base64", () => {
  it("is that of a view alone, whatever lies around it", () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 50 }), fc.nat({ max: 20 }), (all, start) => {
        const view = all.subarray(start);
        expect(base64(view)).toBe(Buffer.from(view).toString("base64"));
      }),
    );
  });

  it("holds more bytes than a function takes arguments", () => {
    for (const size of [0x2000 - 1, 0x2000, 0x2000 + 1, bytes.length]) {
      const view = bytes.subarray(0, size);
      expect(base64(view)).toBe(Buffer.from(view).toString("base64"));
    }
  });
});

describe("the names of a file", () => {
  it("are those that Git and Git LFS give it", async () => {
    expect(await gitObjectId(new Blob([]))).toBe("e69de29bb2d1d6434b8b29ae775ad8c2e48c5391");
    expect(await gitObjectId(new Blob(["what is up, doc?"]))).toBe("bd9dbf5aae1a3862dd1526723246b20206e5fc37");
    const counts: number[] = [];
    const sha256 = await sha256Of(new Blob(["abc"]), undefined, (count) => counts.push(count));
    expect(sha256).toBe("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    expect(counts).toEqual([3]);
  });

  it("stop being made when the signal says so", async () => {
    const reason = new Error("enough");
    await expect(sha256Of(new Blob([bytes]), AbortSignal.abort(reason), () => undefined)).rejects.toBe(reason);
  });
});
