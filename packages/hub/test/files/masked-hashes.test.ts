import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { expect, it, onTestFinished } from "vitest";
import { HubError } from "../../src/errors.js";
import { expectedFile } from "../../src/files/download/expected-file.js";
import { Hub } from "../../src/hub.js";
import { failure } from "../servers/setup.js";

const repo = "openai-community/gpt2";
const path = "model.safetensors";

/** A gated repository, and one who has no access to it. */
async function stranger(): Promise<Hub> {
  const mock = createMockHub();
  const gpt2 = mock.state.repos.models.find(repo);
  if (gpt2 !== undefined) gpt2.record.gated = "manual";
  const server = await listen(mock);
  onTestFinished(() => server.close());
  return new Hub({ endpoint: server.url, token: mock.tokens.other, retries: 0 });
}

it("a masked hash is not compared with the bytes of a file, but its size is", async () => {
  const [entry] = await (await stranger()).models.files.info({ repo, paths: [path] });
  if (entry?.type !== "file") throw new Error(`${path} is no file`);
  expect(entry.lfs?.oid).toBe("*".repeat(64));
  expect(expectedFile(entry)).toEqual({ size: entry.size, sha256: undefined });
});

it("a file whose hash is masked is not copied by it", async () => {
  const hub = await stranger();
  const operations = [{ copy: path, to: "copy.safetensors" }];
  const before = (await hub.models.getRefs({ repo, includePullRequests: true })).pullRequests?.length;
  const error = await failure(hub.models.commit({ repo, title: "Copy", operations, createPullRequest: true }));
  expect(error).toBeInstanceOf(HubError);
  expect(String(error)).toMatch(/^HubError: the SHA-256 of model\.safetensors is "\*{64}", so it cannot be copied; /);
  expect((await hub.models.getRefs({ repo, includePullRequests: true })).pullRequests?.length).toBe(before);
});
