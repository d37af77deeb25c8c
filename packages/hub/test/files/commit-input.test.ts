import { describe, expect, it } from "vitest";
import { HubInputError } from "../../src/errors.js";
import type { FileContent } from "../../src/files/file-content.js";
import type { FileOperation } from "../../src/files/commit/file-operation.js";
import { failure } from "../servers/setup.js";
import { MockRepo, repo } from "../servers/mock-repo.js";

const own = await MockRepo.create();

async function expectRefusal(promise: Promise<unknown>, words: string): Promise<void> {
  const error = await failure(promise);
  expect(error).toBeInstanceOf(HubInputError);
  expect(String(error)).toContain(words);
  expect(own.sent).toEqual([]);
}

const commit = (operations: readonly FileOperation[], title = "Title") =>
  own.hub.models.commit({ repo, title, operations });

const badPaths = ["", "/", "/x", "../x", "a/../b", "a//b", "./a", "a/.", ".git", ".git/config", "a/.GIT/x", "a\0b"];

describe.each(badPaths)("the path %j", (path) => {
  it.each([
    ["add", { add: path, content: "x" }],
    ["delete", { delete: path }],
    ["copy", { copy: path, to: "b" }],
    ["copy to", { copy: "b", to: path }],
    ["rename", { rename: path, to: "b" }],
    ["rename to", { rename: "b", to: path }],
  ])("is refused where to %s", async (_, operation) => {
    await expectRefusal(commit([operation]), "is no path of a repository");
  });

  it("is refused for an upload", async () => {
    await expectRefusal(own.hub.models.files.upload({ repo, path, content: "x" }), "is no path of a repository");
    const files = [{ path, content: "x" }];
    await expectRefusal(own.hub.models.files.upload({ repo, path: "dir", files }), "is no path of a repository");
  });
});

describe("two operations on one path are refused", () => {
  const add = { add: "a", content: "x" };
  it.each<[string, FileOperation[]]>([
    ["add and add", [add, add]],
    ["add and copy", [add, { copy: "b", to: "a" }]],
    ["add and rename", [add, { rename: "b", to: "a" }]],
    ["add and delete", [add, { delete: "a" }]],
    ["delete and add", [{ delete: "a" }, add]],
    ["delete and delete", [{ delete: "a" }, { delete: "a" }]],
    ["rename and delete", [{ rename: "a", to: "b" }, { delete: "a" }]],
    [
      "rename and rename",
      [
        { rename: "a", to: "b" },
        { rename: "a", to: "c" },
      ],
    ],
    ["copy and delete its target", [{ copy: "b", to: "a" }, { delete: "a" }]],
  ])("%s", async (_, operations) => {
    await expectRefusal(commit(operations), "two operations");
  });
});

it("a commit without operations is refused", async () => {
  await expectRefusal(commit([]), "would change nothing");
  await expectRefusal(own.hub.models.files.upload({ repo, files: [] }), "no files to upload");
});

it.each(["", " \n"])("the title %j is refused", async (title) => {
  await expectRefusal(commit([{ add: "a", content: "x" }], title), "title is empty");
  await expectRefusal(own.hub.models.files.upload({ repo, path: "a", content: "x", title }), "title is empty");
});

it("what is no operation is refused", async () => {
  await expectRefusal(commit([{ update: "a" } as unknown as FileOperation]), "add, delete, copy and rename");
});

it.each([undefined, null, 7, { some: "object" }])("the content %o is refused", async (content) => {
  const operation = { add: "dir/a", content: content as unknown as FileContent };
  await expectRefusal(commit([operation]), "the content of dir/a is");
});

it.each(["file:///etc/hostname", "data:text/plain,hello"])("the address %s is refused", async (address) => {
  await expectRefusal(commit([{ add: "a", content: new URL(address) }]), "unsupported protocol");
});

it("a repository that is none is refused before its contents are fetched", async () => {
  const content = new URL("https://files.example/a");
  const promise = own.hub.models.commit({ repo: "no-id/at/all", title: "T", operations: [{ add: "a", content }] });
  await expectRefusal(promise, "no-id/at/all");
});
