import { createMockHub, type LoggedRequest, type MockHub, type MockHubOptions } from "@hf-api/mock-hub";
import { Hub } from "../../src/hub.js";
import type { HubOptions } from "../../src/options.js";
import type { RepoKind } from "../../src/inputs/repo-id.js";

export const kinds: readonly RepoKind[] = ["models", "datasets", "spaces"];
export const repo = "ada/of-the-tests";

/** An embedded Hub where `repo` is new, of each kind. */
export class MockRepo {
  readonly mock: MockHub;
  readonly hub: Hub;
  /** Each request with the token that it showed and the range that it asked for, in order, whatever its origin. */
  readonly sent: { method: string; url: string; authorization: string | null; range: string | null }[] = [];

  private constructor(mock: MockHub, options: HubOptions) {
    this.mock = mock;
    const fetch: typeof globalThis.fetch = async (address, init) => {
      const { method, url, headers } = new Request(address, { ...init, body: null });
      this.sent.push({ method, url, authorization: headers.get("authorization"), range: headers.get("range") });
      const isOurs = [mock.url, mock.cdnUrl].includes(new URL(url).origin);
      return await (isOurs ? mock.fetch : globalThis.fetch)(address, init);
    };
    this.hub = new Hub({ endpoint: mock.url, token: mock.tokens.write, fetch, ...options });
  }

  static async create(mockOptions: MockHubOptions = {}, options: HubOptions = {}): Promise<MockRepo> {
    const mock = createMockHub({ seed: 1, repos: { models: 1, datasets: 1, spaces: 1 }, ...mockOptions });
    const own = new MockRepo(mock, options);
    await own.hub.repos.create({ repo });
    await own.hub.repos.create({ repo, type: "dataset" });
    await own.hub.repos.create({ repo, type: "space", sdk: "static" });
    own.forget();
    return own;
  }

  /** Forgets the requests so far. */
  forget(): void {
    this.mock.requests.clear();
    this.sent.length = 0;
  }

  requests(match: Partial<LoggedRequest> & { part?: string | undefined } = {}): LoggedRequest[] {
    const { part = "", origin, method } = match;
    return [...this.mock.requests].filter(
      (request) =>
        request.path.includes(part) &&
        (origin === undefined || request.origin === origin) &&
        (method === undefined || request.method === method),
    );
  }

  /** What a branch holds but for `.gitattributes`, by path; large files are marked. */
  files(kind: RepoKind = "models", ref: string = "refs/heads/main"): Record<string, string> {
    const files = this.mock.state.repos[kind].find(repo)?.git.refs.get(ref)?.files ?? [];
    const shown = [...files].map(([path, { content, lfs }]) => [
      path,
      `${lfs ? "large: " : ""}${Buffer.from(content.bytes()).toString("latin1")}`,
    ]);
    return Object.fromEntries(shown.filter(([path]) => path !== ".gitattributes").sort()) as Record<string, string>;
  }

  head(kind: RepoKind = "models"): string | undefined {
    return this.mock.state.repos[kind].find(repo)?.git.head.id;
  }
}
