import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commitBody, type DraftLine } from "./commit-body.js";
import { StreamedBody } from "../../transport/sent-body.js";

const MiB = 1024 * 1024;
const header: DraftLine = { key: "header", value: { summary: 'Ü "quoted"\n' } };

async function textOf(body: string | StreamedBody): Promise<string> {
  return typeof body === "string" ? body : await new Response(body.stream()).text();
}

describe("the body of a commit", () => {
  it("has a line for each change, in their order", async () => {
    const blob = new Blob(["content"]);
    const body = await commitBody([header, { key: "deletedFile", value: { path: "a" } }, { path: 'b"\\/ü', blob }]);
    expect(typeof body).toBe("string");
    expect(
      (await textOf(body))
        .trimEnd()
        .split("\n")
        .map((line) => JSON.parse(line) as unknown),
    ).toEqual([
      header,
      { key: "deletedFile", value: { path: "a" } },
      { key: "file", value: { path: 'b"\\/ü', encoding: "base64", content: btoa("content") } },
    ]);
  });

  it("holds the bytes of each file, whatever they are", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 100 }), fc.string({ minLength: 1 }), async (bytes, path) => {
        const text = await textOf(await commitBody([{ path, blob: new Blob([new Uint8Array(bytes)]) }]));
        const { value } = JSON.parse(text) as { value: { path: string; content: string } };
        expect(value.path).toBe(path);
        expect(Buffer.from(value.content, "base64").equals(bytes)).toBe(true);
      }),
    );
  });

  it("is a stream of the size that it says when it is large, the same each time", async () => {
    const pieces = 3 * 256 * 1024;
    // Around the places where one piece ends and the next begins.
    for (const size of [9 * pieces - 1, 9 * pieces, 9 * pieces + 1]) {
      const bytes = Uint8Array.from({ length: size }, (_, index) => index * 7);
      const body = await commitBody([header, { path: "ü", blob: new Blob([bytes]) }]);
      if (!(body instanceof StreamedBody)) throw new Error("it was held");
      const first = Buffer.from(await new Response(body.stream()).arrayBuffer());
      const second = Buffer.from(await new Response(body.stream()).arrayBuffer());
      expect(first.length).toBe(body.size);
      expect(first.equals(second)).toBe(true);
      const { value } = JSON.parse(first.toString().split("\n")[1] ?? "") as { value: { content: string } };
      expect(Buffer.from(value.content, "base64").equals(bytes)).toBe(true);
    }
  });

  it("is read a piece at a time, and only as somebody takes it", async () => {
    let slices = 0;
    const blob = new Blob([new Uint8Array(12 * MiB)]);
    const slice = blob.slice.bind(blob);
    blob.slice = (...range) => {
      slices += 1;
      return slice(...range);
    };
    const body = await commitBody([{ path: "a", blob }]);
    if (!(body instanceof StreamedBody)) throw new Error("it was held");
    const reader = body.stream().getReader();
    expect(slices).toBe(0);
    for (let count = 0; count < 3; count += 1) await reader.read();
    expect(slices).toBeLessThanOrEqual(3);
    await reader.cancel();
    expect(slices).toBeLessThanOrEqual(3);
  });
});
