import document from "@hf-api/raw/openapi.json" with { type: "json" };
import { createMockHub } from "@hf-api/mock-hub";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { downloadToCache, snapshot } from "../../src/node/index.js";
import { temporaryFolder } from "../files/temporary-folder.js";
import { failure } from "../servers/setup.js";

const mock = createMockHub({ seed: 1, document });
const urls: string[] = [];
const fetch = (url: string, init?: RequestInit): Promise<Response> => {
  urls.push(new URL(url).pathname);
  return mock.fetch(url, init);
};
const hub = new Hub({ endpoint: mock.url, token: mock.tokens.write, fetch });
const [short, long] = ["gpt2", "openai-community/gpt2"];

/** What reads a repository, and nothing else. */
const reads: Record<string, (repo: string) => Promise<unknown>> = {
  "models.get": (repo) => hub.models.get({ repo }),
  "models.listCommits": (repo) => hub.models.listCommits({ repo }).toArray(),
  "models.getRefs": (repo) => hub.models.getRefs({ repo }),
  "models.compare": (repo) => hub.models.compare({ repo, base: "main", head: "main" }),
  "models.listLikers": (repo) => hub.models.listLikers({ repo }).toArray(),
  "models.checkAccess": (repo) => hub.models.checkAccess({ repo }),
  "models.getSecurityScan": (repo) => hub.models.getSecurityScan({ repo }),
  "models.files.list": (repo) => hub.models.files.list({ repo, recursive: true }).toArray(),
  "models.files.info": (repo) => hub.models.files.info({ repo, paths: ["config.json"] }),
  "models.files.exists": (repo) => hub.models.files.exists({ repo, path: "config.json" }),
  "models.files.download": async (repo) => (await hub.models.files.download({ repo, path: "config.json" })).text(),
  "models.files.getTreeSize": (repo) => hub.models.files.getTreeSize({ repo, path: "onnx" }),
};

describe("a short id", () => {
  it.each(Object.entries(reads))("names today's repository: %s", async (_, read) => {
    urls.length = 0;
    const expected = await read(long);
    expect(urls.some((url) => url.includes(`/${long}`))).toBe(true);
    urls.length = 0;
    expect(await read(short)).toEqual(expected);
    expect(urls[0]).toMatch(/^(\/api\/models|\/api\/resolve-cache\/models)?\/gpt2(\/|$)/);
  });

  it("of a dataset too", async () => {
    const list = (repo: string): Promise<unknown> => hub.datasets.files.list({ repo }).toArray();
    expect(await list("squad")).toEqual(await list("rajpurkar/squad"));
    expect(await hub.datasets.getCroissant({ repo: "squad" })).toEqual(
      await hub.datasets.getCroissant({ repo: "rajpurkar/squad" }),
    );
  });

  it("names what is downloaded to the shared cache", async () => {
    const cache = await temporaryFolder();
    const path = await downloadToCache(hub.models, { repo: short, path: "config.json" }, { cache });
    expect(path).toContain("models--gpt2");
    const { written } = await snapshot(hub.models, { repo: short }, { cache, include: ["config.json"] });
    expect(written).toEqual([]);
  });

  it("is refused by what changes a repository, before any request", async () => {
    urls.length = 0;
    const changes = [
      hub.models.commit({ repo: short, title: "t", operations: [{ delete: "a" }] }),
      hub.models.createTag({ repo: short, tag: "v1" }),
      hub.models.like({ repo: short }),
      hub.models.files.upload({ repo: short, path: "a", content: "a" }),
    ];
    for (const error of await Promise.all(changes.map(failure))) {
      expect(error).toBeInstanceOf(HubInputError);
      expect(String(error)).toContain('repo is "gpt2"; expected "owner/name"');
    }
    expect(urls).toEqual([]);
  });

  it("is none of a Space's", async () => {
    expect(await failure((async () => hub.spaces.files.list({ repo: short }).toArray())())).toBeInstanceOf(
      HubInputError,
    );
  });
});
