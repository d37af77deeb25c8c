import { listen } from "@hf-api/mock-hub/node";
import { afterEach, beforeEach, describe, expect, it, onTestFinished, vi } from "vitest";
import { HubConnectionError, HubIntegrityError, HubResponseError, HubTimeoutError } from "../../src/errors.js";
import type { UploadProgress } from "../../src/files/commit/commit.js";
import { Hub } from "../../src/hub.js";
import type { Fetch, HubOptions, RequestOptions } from "../../src/options.js";
import { failure, withoutBackOff } from "../servers/setup.js";
import { kinds, MockRepo, repo } from "../servers/mock-repo.js";

const large = (text: string): Uint8Array => Buffer.from(`\0${text}`);

let own: MockRepo;
beforeEach(async () => {
  own = await MockRepo.create();
});
afterEach(() => vi.restoreAllMocks());

describe.each(kinds)("a commit to %s", (kind) => {
  it("adds, replaces, copies, renames and deletes at once", async () => {
    const { hub } = own;
    const first = await hub[kind].commit({
      repo,
      title: "Begin",
      operations: [
        { add: "kept.txt", content: "kept" },
        { add: "replaced.txt", content: "old" },
        { add: "gone.txt", content: "gone" },
        { add: "old/a.txt", content: "a" },
        { add: "old/deep/b.txt", content: "b" },
        { add: "weights.bin", content: large("weights") },
        { add: "empty.txt", content: "" },
      ],
    });
    const { commitOid, ...rest } = await hub[kind].commit({
      repo,
      title: "Change",
      description: "All at once.",
      operations: [
        { add: "replaced.txt", content: "new" },
        { delete: "gone.txt" },
        { delete: "old/" },
        { copy: "kept.txt", to: "dir/kept too.txt" },
        { copy: "weights.bin", to: "copy of weights.bin" },
        { copy: "gone.txt", to: "back.txt", revision: first.commitOid },
        { rename: "kept.txt", to: "renamed.txt" },
        { rename: "weights.bin", to: "dir/weights.bin" },
      ],
    });
    expect(rest).toEqual({
      commitUrl: expect.stringContaining(`/commit/${commitOid}`),
      pullRequestUrl: undefined,
      unchanged: [],
      ignored: [],
    });
    const { "README.md": _, "index.html": __, ...files } = own.files(kind);
    expect(files).toEqual({
      "back.txt": "gone",
      "copy of weights.bin": "large: \0weights",
      "dir/kept too.txt": "kept",
      "dir/weights.bin": "large: \0weights",
      "empty.txt": "",
      "renamed.txt": "kept",
      "replaced.txt": "new",
    });
    expect(own.head(kind)).toBe(commitOid);
    const [latest, before] = await hub[kind].listCommits({ repo, limit: 2 }).toArray();
    expect(latest).toMatchObject({ title: "Change", message: "All at once." });
    expect(before?.id).toBe(first.commitOid);
    // Copies of large files go by name.
    expect(own.requests({ method: "PUT" })).toHaveLength(1);
  });

  it("opens a pull request, for which nobody has to be able to write", async () => {
    const grace = new Hub({ endpoint: own.mock.url, fetch: own.mock.fetch, token: own.mock.tokens.other });
    const before = own.head(kind);
    const { pullRequestUrl } = await grace[kind].commit({
      repo,
      title: "A proposal",
      createPullRequest: true,
      operations: [
        { add: "weights.bin", content: large("proposed") },
        { add: "note.txt", content: "note" },
      ],
    });
    expect(pullRequestUrl).toMatch(/\/discussions\/1$/);
    expect(own.head(kind)).toBe(before);
    expect(own.files(kind, "refs/pr/1")).toMatchObject({ "weights.bin": "large: \0proposed", "note.txt": "note" });
    await own.hub[kind].commit({
      repo,
      branch: "refs/pr/1",
      title: "More",
      operations: [{ add: "more", content: "m" }],
    });
    expect(own.files(kind, "refs/pr/1")).toHaveProperty("more", "m");
    expect(own.files(kind)).not.toHaveProperty("more");
  });
});

describe("operations on paths that meet", () => {
  beforeEach(async () => {
    const files = ["a", "b", "folder/old", "folder/kept"].map((path) => ({ path, content: `of ${path}` }));
    await own.hub.models.files.upload({ repo, files });
  });

  const commit = async (operations: Parameters<Hub["models"]["commit"]>[0]["operations"]) => {
    await own.hub.models.commit({ repo, title: "Change", operations });
    return own.files();
  };

  it("replace a folder", async () => {
    const files = await commit([{ add: "folder/new", content: "new" }, { delete: "folder/" }]);
    expect(files).toEqual({ a: "of a", b: "of b", "folder/new": "new" });
  });

  it("replace a file by a folder, and a folder by a file", async () => {
    const files = await commit([
      { add: "a/below", content: "1" },
      { delete: "a" },
      { add: "folder", content: "2" },
      { delete: "folder/" },
    ]);
    expect(files).toEqual({ "a/below": "1", b: "of b", folder: "2" });
  });

  it("put another file in the place of one that is renamed", async () => {
    const files = await commit([
      { rename: "a", to: "c" },
      { add: "a", content: "new" },
    ]);
    expect(files).toMatchObject({ a: "new", c: "of a" });
  });

  it("keep a file that is as before, though what was there is taken away", async () => {
    expect(await commit([{ add: "folder/kept", content: "of folder/kept" }, { delete: "folder/" }])).toEqual({
      a: "of a",
      b: "of b",
      "folder/kept": "of folder/kept",
    });
    const files = await commit([
      { add: "a", content: "of a" },
      { rename: "a", to: "c" },
    ]);
    expect(files).toMatchObject({ a: "of a", c: "of a" });
  });

  it("take a file away once, when its folder goes too", async () => {
    const files = await commit([
      { delete: "folder/" },
      { rename: "folder/kept", to: "kept" },
      { delete: "folder/old" },
    ]);
    expect(files).toEqual({ a: "of a", b: "of b", kept: "of folder/kept" });
  });

  it("exchange two files", async () => {
    const files = await commit([
      { rename: "a", to: "b" },
      { rename: "b", to: "a" },
    ]);
    expect(files).toMatchObject({ a: "of b", b: "of a" });
  });
});

describe("files that the branch holds already", () => {
  const files = [
    { path: "dir/same.txt", content: "same" },
    { path: "dir/same.bin", content: large("same") },
  ];

  it("are not sent again, and alone make no commit", async () => {
    await own.hub.models.files.upload({ repo, files });
    own.forget();
    const before = own.head();
    const result = await own.hub.models.files.upload({ repo, files });
    expect(result).toEqual({
      commitOid: before,
      commitUrl: undefined,
      pullRequestUrl: undefined,
      unchanged: ["dir/same.txt", "dir/same.bin"],
      ignored: [],
    });
    expect(own.head()).toBe(before);
    expect(own.requests().map(({ path }) => path)).toEqual([`/api/models/${repo}/preupload/main`]);
  });

  it("are left out beside others", async () => {
    await own.hub.models.files.upload({ repo, files });
    own.forget();
    const more = [...files, { path: "new.txt", content: "new" }, { path: "new.bin", content: large("new") }];
    const { unchanged } = await own.hub.models.files.upload({ repo, files: more });
    expect(unchanged).toEqual(["dir/same.txt", "dir/same.bin"]);
    expect(own.files()).toMatchObject({ "new.txt": "new", "new.bin": "large: \0new", "dir/same.txt": "same" });
    expect(own.requests({ method: "PUT" })).toHaveLength(1);
  });

  it("do not keep the others of the same bytes from being there", async () => {
    await own.hub.models.files.upload({ repo, files });
    own.forget();
    const twins = ["x.bin", "y.bin"].map((path) => ({ path, content: large("twin") }));
    const steps: number[][] = [];
    const onProgress = ({ state, loaded, total }: { state: string; loaded: number; total: number }): void => {
      if (state === "uploading") steps.push([loaded, total]);
    };
    await own.hub.models.files.upload({ repo, files: twins }, { onProgress });
    expect(own.files()).toMatchObject({ "x.bin": "large: \0twin", "y.bin": "large: \0twin" });
    expect(own.requests({ method: "PUT" })).toHaveLength(1);
    expect(steps.at(-1)).toEqual([10, 10]);
  });
});

it("rules of .gitignore and .gitattributes that come with the commit count", async () => {
  const result = await own.hub.models.files.upload({
    repo,
    files: [
      { path: ".gitignore", content: "*.tmp\n" },
      { path: ".gitattributes", content: "*.special filter=lfs diff=lfs merge=lfs -text\n" },
      { path: "x.tmp", content: "left out" },
      { path: "x.special", content: "text" },
      { path: "x.safetensors", content: "text" },
    ],
  });
  expect(result.ignored).toEqual(["x.tmp"]);
  expect(own.files()).toMatchObject({ "x.special": "large: text", "x.safetensors": "text" });
  expect(own.files()).not.toHaveProperty("x.tmp");
});

it("an empty file goes with the commit, also where .gitattributes sends its like to the storage", async () => {
  const files = [
    { path: ".gitattributes", content: "*.special filter=lfs diff=lfs merge=lfs -text\n" },
    { path: "empty.special", content: "" },
    { path: "full.special", content: "text" },
  ];
  await own.hub.models.files.upload({ repo, files });
  expect(own.files()).toMatchObject({ "empty.special": "", "full.special": "large: text" });
  expect(own.requests({ method: "PUT" })).toHaveLength(1);
});

it("more files than one question takes are asked for in several", async () => {
  const files = Array.from({ length: 600 }, (_, index) => ({ path: `dir/${index}.txt`, content: `${index}` }));
  await own.hub.models.files.upload({ repo, files });
  expect(Object.keys(own.files()).filter((path) => path.startsWith("dir/"))).toHaveLength(600);
  expect(own.requests({ part: "preupload" })).toHaveLength(3);
  expect(own.requests({ part: "/commit/" })).toHaveLength(1);
});

describe("a branch that moves while a commit is made", () => {
  const files = [
    { path: "same.txt", content: "same" },
    { path: "new.txt", content: "new" },
    { path: "weights.bin", content: large("weights") },
  ];

  /** A Hub that refuses a commit so often, before which somebody else makes one of their own. */
  function movingHub(times: number, options: HubOptions = {}): { hub: Hub; responses: number[] } {
    const responses: number[] = [];
    const fetch: Fetch = async (url, init) => {
      if (!url.includes("/commit/")) return await own.mock.fetch(url, init);
      if (responses.length < times) {
        const nth = responses.push(412);
        await own.hub.models.files.upload({ repo, path: "same.txt", content: `of somebody else ${nth}` });
        return Response.json({ error: "A commit has happened since." }, { status: 412 });
      }
      const response = await own.mock.fetch(url, init);
      responses.push(response.status);
      return response;
    };
    return { hub: new Hub({ endpoint: own.mock.url, token: own.mock.tokens.write, fetch, ...options }), responses };
  }

  beforeEach(async () => {
    withoutBackOff();
    await own.hub.models.files.upload({ repo, path: "same.txt", content: "same" });
    own.forget();
  });

  it("has it on the new head, with all files as they were given, each hashed and uploaded once", async () => {
    const { hub, responses } = movingHub(2);
    const steps: string[] = [];
    const onProgress = ({ state, loaded }: UploadProgress): void => void steps.push(`${state} ${loaded}`);
    const { unchanged } = await hub.models.files.upload({ repo, files }, { onProgress });
    expect(responses).toEqual([412, 412, 200]);
    expect(unchanged).toEqual([]);
    expect(own.files()).toMatchObject({ "same.txt": "same", "new.txt": "new", "weights.bin": "large: \0weights" });
    expect(own.requests({ method: "PUT" })).toHaveLength(1);
    expect(own.requests({ part: "/objects/batch" })).toHaveLength(1);
    expect(steps).toEqual(["hashing 8", "uploading 8", "committing 4", "committing 7"]);
  });

  it.each<[string, HubOptions, RequestOptions]>([
    ["client", { retries: 1 }, {}],
    ["call", {}, { retries: 1 }],
  ])("is told of when it moves more often than the %s retries", async (_, hubOptions, options) => {
    const { hub, responses } = movingHub(9, hubOptions);
    const error = await failure(hub.models.files.upload({ repo, files }, options));
    expect(error).toMatchObject({ status: 412, code: "PreconditionFailed" });
    expect(responses).toEqual([412, 412]);
  });

  it("is told of at once when the commit names its parent", async () => {
    const { hub, responses } = movingHub(1);
    const parentCommit = own.head();
    expect(await failure(hub.models.files.upload({ repo, files, parentCommit }))).toMatchObject({ status: 412 });
    expect(responses).toEqual([412]);
  });

  it("is told of before anything is uploaded when it moved before", async () => {
    const parentCommit = own.head();
    await own.hub.models.files.upload({ repo, path: "a", content: "a" });
    const head = own.head();
    own.forget();
    const error = await failure(own.hub.models.files.upload({ repo, files, parentCommit }));
    expect(error).toMatchObject({ name: "HubResponseError", status: 412, code: "PreconditionFailed" });
    expect(String(error)).toContain(`main is at ${head}, and no longer at the parentCommit ${parentCommit}`);
    expect(own.requests().map(({ path }) => path)).toEqual([`/api/models/${repo}/preupload/main`]);
  });

  it("says nothing of a pull request, which may begin at any commit", async () => {
    const parentCommit = own.head();
    await own.hub.models.files.upload({ repo, path: "a", content: "a" });
    await own.hub.models.files.upload({ repo, files, parentCommit, createPullRequest: true });
    expect(own.files("models", "refs/pr/1")).toHaveProperty("new.txt", "new");
    expect(own.files("models", "refs/pr/1")).not.toHaveProperty("a");
  });
});

describe("a README.md beside large files", () => {
  const bad = "---\nlicense: 7\n---\n# My model";
  const good = "---\nlicense: mit\n---\n# My model";
  const beside = (content: string) => [
    { path: "weights.bin", content: large("weights") },
    { path: "README.md", content },
  ];
  const validations = (): unknown[] => own.requests({ part: "/api/validate-yaml" });

  it.each(kinds)("is refused before they are uploaded to %s, when the Hub refuses its metadata", async (kind) => {
    const asked: unknown[] = [];
    const hub = new Hub({
      endpoint: own.mock.url,
      token: own.mock.tokens.write,
      fetch: async (url, init) => {
        if (!url.endsWith("/api/validate-yaml")) return await own.mock.fetch(url, init);
        asked.push(JSON.parse(String(init.body)));
        return Response.json({ errors: [{ message: '"license" must be a string' }], warnings: [] }, { status: 400 });
      },
    });
    const error = await failure(hub[kind].files.upload({ repo, files: beside(bad) }));
    expect(error).toMatchObject({ name: "HubResponseError", status: 400 });
    expect(String(error)).toContain('README.md: "license" must be a string');
    expect(asked).toEqual([{ content: bad, repoType: kind.slice(0, -1) }]);
    expect(own.requests({ method: "PUT" })).toEqual([]);
    expect(own.requests({ part: "/commit/" })).toEqual([]);
  });

  it("is checked once, and goes with them when it is good", async () => {
    await own.hub.models.files.upload({ repo, files: beside(good) });
    expect(validations()).toHaveLength(1);
    expect(own.files()).toMatchObject({ "README.md": good, "weights.bin": "large: \0weights" });
  });

  it("is left to the commit when it cannot be checked now", async () => {
    own.mock.faults.when({ path: "/api/validate-yaml" }, { status: { 404: 1 } });
    await own.hub.models.files.upload({ repo, files: beside(good) });
    expect(own.files()).toMatchObject({ "README.md": good });
  });

  it("is left to the commit where nothing large is uploaded", async () => {
    await own.hub.models.files.upload({ repo, files: beside(good) });
    own.forget();
    await own.hub.models.files.upload({ repo, files: beside(`${good} again`) });
    await own.hub.models.files.upload({ repo, path: "below/README.md", content: good });
    expect(validations()).toEqual([]);
  });
});

it("a file that is copied inside the commit has the bytes that the Hub lists, or is not copied", async () => {
  await own.hub.models.files.upload({ repo, path: "a.txt", content: "as listed" });
  // A proxy that changes a file says nothing of it.
  const fetch: Fetch = async (url, init) =>
    url.includes("/api/resolve-cache/") ? new Response("as changed") : await own.mock.fetch(url, init);
  const hub = new Hub({ endpoint: own.mock.url, token: own.mock.tokens.write, fetch });
  const operations = [{ copy: "a.txt", to: "b.txt" }];
  const error = await failure(hub.models.commit({ repo, title: "Copy", operations }));
  expect(error).toBeInstanceOf(HubIntegrityError);
  expect(own.files()).not.toHaveProperty("b.txt");
});

it("a commit whose parent has moved on is refused", async () => {
  const { commitOid: parentCommit } = await own.hub.models.files.upload({ repo, path: "a", content: "a" });
  await own.hub.models.files.upload({ repo, path: "b", content: "b", parentCommit });
  const error = await failure(own.hub.models.files.upload({ repo, path: "c", content: "c", parentCommit }));
  expect(error).toBeInstanceOf(HubResponseError);
  expect(error).toMatchObject({ code: "PreconditionFailed" });
  expect(own.files()).not.toHaveProperty("c");
});

it("what cannot be copied is named", async () => {
  await own.hub.models.files.upload({ repo, path: "dir/a", content: "a" });
  const copy = (path: string) =>
    failure(own.hub.models.commit({ repo, title: "Copy", operations: [{ copy: path, to: "b" }] }));
  expect(await copy("nothing")).toMatchObject({ name: "HubResponseError", code: "EntryNotFound", status: 404 });
  const lost = { repo, title: "Rename", operations: [{ rename: "nothing", to: "b" }] };
  expect(await failure(own.hub.models.commit(lost))).toMatchObject({ code: "EntryNotFound" });
  expect(String(await copy("nothing"))).toContain(`no file nothing at main of ${repo}`);
  expect(String(await copy("dir"))).toContain("dir is a directory");
  expect(own.files()).not.toHaveProperty("b");
});

describe("an upload", () => {
  const titles = async (): Promise<string[]> =>
    (await own.hub.models.listCommits({ repo }).toArray()).map(({ title }) => title);

  it("says what it uploads, unless it is told what to say", async () => {
    await own.hub.models.files.upload({ repo, path: "a/b.txt", content: "1" });
    const files = [1, 2].map((number) => ({ path: `${number}.txt`, content: "n" }));
    await own.hub.models.files.upload({ repo, path: "numbers/", files });
    await own.hub.models.files.upload({ repo, path: "", files, title: "Again" });
    expect(await titles()).toEqual(["Again", "Upload 2 files", "Upload a/b.txt", "initial commit"]);
    expect(Object.keys(own.files())).toEqual(
      expect.arrayContaining(["1.txt", "2.txt", "a/b.txt", "numbers/1.txt", "numbers/2.txt"]),
    );
  });

  it("takes files as they come", async () => {
    async function* files() {
      yield { path: "1", content: "one" };
      yield { path: "2", content: new Blob(["two"]) };
    }
    await own.hub.models.files.upload({ repo, files: files() });
    expect(own.files()).toMatchObject({ "1": "one", "2": "two" });
  });
});

describe("a commit that may have been made", () => {
  const commit = { method: "POST", path: "/commit/" };
  const upload = (options = {}) => own.hub.models.files.upload({ repo, path: "a", content: "a" }, options);

  it.each([
    ["a server error", { status: { 500: 1 } }, HubResponseError],
    ["a gateway that gave up", { status: { 504: 1 } }, HubResponseError],
    ["a lost response", { reset: 1 }, HubConnectionError],
    ["silence", { latency: 300 }, HubTimeoutError],
  ] as const)("is not repeated after %s", async (_, fault, kind) => {
    withoutBackOff();
    own.mock.faults.when(commit, fault);
    expect(await failure(upload({ timeout: 200 }))).toBeInstanceOf(kind);
    expect(own.sent.filter(({ url }) => url.includes("/commit/"))).toHaveLength(1);
  });

  it("is repeated where the Hub refused it for its number", async () => {
    withoutBackOff();
    own.mock.faults.when(commit, { status: { 429: 1 } });
    const responses: number[] = [];
    const patient = new Hub({
      endpoint: own.mock.url,
      token: own.mock.tokens.write,
      fetch: async (url, init) => {
        const response = await own.mock.fetch(url, init);
        if (!String(url).includes("/commit/")) return response;
        responses.push(response.status);
        if (response.status !== 429) return response;
        // Only a refusal that says for how long shows that nothing was done.
        return new Response(response.body, { status: 429, headers: { "retry-after": "0" } });
      },
    });
    await patient.models.files.upload({ repo, path: "a", content: "a" });
    expect(responses).toEqual([429, 200]);
    expect(own.files()).toHaveProperty("a", "a");
  });
});

it("a branch that left parentCommit is told of, even where nothing would change", async () => {
  const { commitOid: parentCommit } = await own.hub.models.files.upload({ repo, path: "a", content: "a" });
  const { commitOid } = await own.hub.models.files.upload({ repo, path: "b", content: "b" });
  const again = { repo, path: "b", content: "b" };
  expect(await own.hub.models.files.upload({ ...again, parentCommit: commitOid })).toMatchObject({ unchanged: ["b"] });
  const error = await failure(own.hub.models.files.upload({ ...again, parentCommit }));
  expect(error).toMatchObject({ status: 412, code: "PreconditionFailed" });
});

it("a commit that is too large to be held finds a repository that was renamed", async () => {
  const server = await listen(own.mock);
  onTestFinished(() => server.close());
  const hub = new Hub({ endpoint: server.url, token: own.mock.tokens.write });
  await hub.repos.move({ from: repo, to: `${repo}-renamed`, type: "model" });
  const files = ["a.txt", "b.txt"].map((path) => ({ path, content: "text\n".repeat(1_000_000) }));
  const { commitUrl } = await hub.models.files.upload({ repo, files });
  expect(commitUrl).toContain(`${repo}-renamed/commit/`);
});
