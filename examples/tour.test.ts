import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";

const tour = fileURLToPath(new URL("tour.ts", import.meta.url));

describe("the tour", () => {
  it("shows each step with its outcome and its time", { timeout: 60_000 }, async () => {
    const { stdout } = await promisify(execFile)(process.execPath, ["--import", "tsx", tour], {
      env: { ...process.env, HF_TOKEN: "", HF_ENDPOINT: "" },
    });
    const [title, ...steps] = stdout.trim().split("\n");
    expect(title).toMatch(/^The embedded Hub at http:\/\/127\.0\.0\.1:\d+$/);
    const outcomes = steps.map((line) =>
      /^ {2}(.{36}) +[\d.]+ ms {2}(.*)$/
        .exec(line)
        ?.slice(1)
        .map((text) => text.trim()),
    );
    expect(outcomes).toEqual([
      ["who am I", "ada, member of acme-research, northwind-ai, tiny-labs"],
      ["list models, 3 pages of 50", expect.stringMatching(/^150 models on 3 pages, first \S+\/\S+$/)],
      ["one model at refs/pr/1", expect.stringMatching(/^\S+\/\S+ at [0-9a-f]{8}, \d+ files$/)],
      ["create a repository", expect.stringMatching(/\/ada\/tour$/)],
      [
        "upload a large file and a small one",
        expect.stringMatching(/^commit [0-9a-f]{8}, the large one by way of the storage$/),
      ],
      ["rename it", "ada/tour-done"],
      ["delete it", "done"],
      ["download a file", expect.stringMatching(/^\d+ bytes of commit [0-9a-f]{8}$/)],
      ["an error, told apart by its code", "404 RepoNotFound"],
    ]);
  });
});
