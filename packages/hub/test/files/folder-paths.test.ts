import { expect, it } from "vitest";
import { kinds, MockRepo, repo } from "../servers/mock-repo.js";

it.each(kinds)("a folder of %s may be named with a slash at its end", async (kind) => {
  const { hub } = await MockRepo.create();
  await hub[kind].files.upload({ repo, path: "data/raw/a.txt", content: "a" });
  const { files } = hub[kind];
  for (const path of ["data/raw", "data/raw/"]) {
    expect((await files.list({ repo, path }).toArray()).map((entry) => entry.path)).toEqual(["data/raw/a.txt"]);
    expect(await files.getTreeSize({ repo, path })).toMatchObject({ size: 1 });
  }
  const whole = await files.list({ repo }).toArray();
  for (const path of ["", "/"]) expect(await files.list({ repo, path }).toArray()).toEqual(whole);
});

it("a folder of a bucket may be named with a slash at its end", async () => {
  const { hub } = await MockRepo.create();
  const input = { repo: "acme-research/checkpoints", recursive: false };
  const found = await hub.buckets.files.list({ ...input, path: "run-1" }).toArray();
  expect(found.length).toBeGreaterThan(0);
  expect(await hub.buckets.files.list({ ...input, path: "run-1/" }).toArray()).toEqual(found);
});
