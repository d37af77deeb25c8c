import { describe, expect, it } from "vitest";
import { createMockHub } from "@hf-api/mock-hub";
import { HubInputError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";

const hub = new Hub({ token: "hf_secretSecretSecret" });

describe("the URL of a file", () => {
  it.each([
    [hub.models.files.url({ repo: "ns/m", path: "a b/ä#.bin" }), "/ns/m/resolve/main/a%20b/%C3%A4%23.bin"],
    [
      hub.datasets.files.url({ repo: "ns/d", path: "x", revision: "refs/pr/1" }),
      "/datasets/ns/d/resolve/refs%2Fpr%2F1/x",
    ],
    [hub.spaces.files.url({ repo: "ns/s", path: "app.py" }), "/spaces/ns/s/resolve/main/app.py"],
    [hub.kernels.files.url({ repo: "ns/k", path: "k.py" }), "/kernels/ns/k/resolve/main/k.py"],
    [hub.models.files.url({ repo: "gpt2", path: "config.json" }), "/gpt2/resolve/main/config.json"],
  ])("%s", (url, path) => {
    expect(url).toBe(`https://huggingface.co${path}`);
  });

  it("leads to the bytes", async () => {
    const mock = createMockHub({ seed: 1 });
    const { models } = new Hub({ endpoint: `${mock.url}/`, token: null });
    for (const repo of ["openai-community/gpt2", "gpt2"]) {
      const response = await mock.fetch(models.files.url({ repo, path: "config.json" }));
      expect([response.status, typeof (await response.json())]).toEqual([200, "object"]);
    }
  });

  it.each([
    [{ repo: "no id", path: "a" }, "repo"],
    [{ repo: "ns/m", path: "" }, "path is empty or has an empty segment"],
    [{ repo: "ns/m", path: "../a" }, 'path must not be or contain ".."'],
  ])("is none of %j", (input, words) => {
    expect(() => hub.models.files.url(input)).toThrow(HubInputError);
    expect(() => hub.models.files.url(input)).toThrow(words);
  });
});
