import type { IncomingMessage } from "node:http";
import { describe, expect, it } from "vitest";
import { HubError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { sha256, someBytes, token } from "../servers/file-server.js";
import { bodyOf, json, listen } from "../servers/listen.js";

const content = someBytes(10);
const oid = sha256(content);
const href = "/put";

const good = {
  preupload: {
    files: [{ path: "weights.bin", uploadMode: "lfs", shouldIgnore: false }],
    commitOid: "a".repeat(40),
  },
  batch: {
    objects: [{ oid, size: content.length, actions: { upload: { href } } }],
  },
  commit: {
    commitOid: "b".repeat(40),
    commitUrl: "https://hub.example/commit",
  },
};
type Step = keyof typeof good;

const stepOf = ({ url = "" }: IncomingMessage): Step | undefined => {
  if (url.includes("/preupload/")) return "preupload";
  if (url.endsWith("/objects/batch")) return "batch";
  return url.includes("/commit/") ? "commit" : undefined;
};

/** Uploads a large file to a Hub that responds to one step with another body; returns the steps that it saw. */
async function upload(odd: Step, body: unknown): Promise<{ error: unknown; seen: Step[] }> {
  const seen: Step[] = [];
  const endpoint = await listen(async (request, response) => {
    await bodyOf(request);
    const step = stepOf(request);
    if (step === undefined) return response.end();
    seen.push(step);
    const given = JSON.stringify(step === odd ? body : good[step]);
    json(response, JSON.parse(given.replace(`"${href}"`, `"${endpoint}${href}"`)) as unknown);
  });
  const hub = new Hub({ endpoint, token, retries: 0 });
  const uploading = hub.models.files.upload({
    repo: "ns/repo",
    path: "weights.bin",
    content,
  });
  const error: unknown = await uploading.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  return { error, seen };
}

async function expectWords(odd: Step, response: unknown, words: string, steps: Step[]): Promise<void> {
  const { error, seen } = await upload(odd, response);
  expect(error).toBeInstanceOf(HubError);
  expect(String(error)).toContain(words);
  expect(seen).toEqual(steps);
}

describe("a response of the wrong shape makes no upload that looks like one:", () => {
  it.each([[{}], [[]], [{ files: null }], [{ files: {} }]])("how to upload: %j", async (response) => {
    await expectWords("preupload", response, "no list of files and how to upload them", ["preupload"]);
  });

  it("how to upload, of another file", async () => {
    const files = [{ path: "other.bin", uploadMode: "lfs", shouldIgnore: false }];
    await expectWords("preupload", { files }, "does not say how to upload weights.bin", ["preupload"]);
  });

  it.each([[{}], [[]], [{ objects: null }], [{ objects: { a: 1 } }]])("where to upload: %j", async (response) => {
    const words = "no list of large files and where to upload them";
    await expectWords("batch", response, words, ["preupload", "batch"]);
  });

  it.each([[{}], [[]], [{ success: true }], [{ commitOid: null }], [{ commitOid: 7 }]])(
    "what was committed: %j",
    async (response) => {
      const words = 'does not say which commit it made of "Upload weights.bin"; look at main of ns/repo';
      await expectWords("commit", response, words, ["preupload", "batch", "commit"]);
    },
  );
});

describe.each([[null], ["text"], [7]])("neither a list nor an object (%j) makes no upload:", (response) => {
  const words = `${JSON.stringify(response)} where a list or an object was due`;

  it("how to upload", async () => {
    await expectWords("preupload", response, words, ["preupload"]);
  });

  it("where to upload", async () => {
    await expectWords("batch", response, words, ["preupload", "batch"]);
  });

  it("what was committed, where it says that the commit may have been made", async () => {
    const more = 'may have been made nevertheless: look for "Upload weights.bin" with listCommits() of main';
    await expectWords("commit", response, `${words}; the commit ${more}`, ["preupload", "batch", "commit"]);
  });
});

describe("an entry of the wrong shape", () => {
  it.each([[null], [7], ["text"], [{}]])("is told of how to upload: %j", async (entry) => {
    const { error } = await upload("preupload", { files: [entry] });
    expect(error).toBeInstanceOf(HubError);
  });

  it.each([[null], [7], ["text"], [{}]])("is told of where to upload: %j", async (entry) => {
    const { error } = await upload("batch", { objects: [entry] });
    expect(error).toBeInstanceOf(HubError);
  });

  it.each([[{}], ["no space"], [{ message: null }], [7]])("is told of why not to upload: %j", async (reason) => {
    const { error } = await upload("batch", {
      objects: [{ oid, size: 10, error: reason }],
    });
    expect(error).toBeInstanceOf(HubError);
    expect(String(error)).toContain("refuses weights.bin");
  });

  it.each([
    [{ error: null, actions: { upload: { href } } }],
    [{ actions: { upload: { href }, verify: null } }],
    [{ actions: { upload: null, verify: null } }],
    [{ actions: null }],
  ])("that is null is none: %j", async (more) => {
    const objects = [{ oid, size: content.length, ...more }];
    expect(await upload("batch", { objects })).toEqual({
      error: undefined,
      seen: ["preupload", "batch", "commit"],
    });
  });
});
