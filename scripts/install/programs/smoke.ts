import { Hub, HubResponseError, type RequestEvent } from "@hf-api/hub";

/** Where the mock Hub listens, and as whom to call it. */
export interface Target {
  endpoint: string;
  token: string;
}

const repo = "openai-community/gpt2";

/**
 * What every runtime has to get right, the same in each. Browsers let a page read few headers; `quotaIsVisible` says
 * whether those of the quota are to be among them. Returns how much was checked.
 */
export async function smoke({ endpoint, token }: Target, quotaIsVisible: boolean): Promise<string> {
  const hub = new Hub({ endpoint, token });
  const checks: Record<string, () => Promise<void>> = {
    "two pages of a list, by their Link headers": async () => {
      const sizes: number[] = [];
      for await (const { items } of hub.models.list({ limit: 6, pageSize: 3 }).pages()) sizes.push(items.length);
      same(sizes, [3, 3]);
    },
    "one model, and the headers of its response": async () => {
      let quota: string | null = null;
      const onResponse = ({ headers }: { headers: Headers }): void => void (quota = headers.get("ratelimit"));
      same((await hub.models.get({ repo }, { onResponse })).id, repo);
      same(quota !== null, quotaIsVisible);
    },
    "an error with its code and its request id": async () => {
      const error = await failure(hub.models.get({ repo: "nobody/nothing-here" }));
      if (!(error instanceof HubResponseError)) throw error;
      same([error.status, error.code, error.requestId === undefined], [404, "RepoNotFound", false]);
    },
    "the bytes of a file": async () => {
      const [small] = await hub.models.files.info({ repo, paths: ["config.json"] });
      const bytes = await (await hub.models.files.download({ repo, path: "config.json" })).bytes();
      same(bytes.byteLength, small?.size);
    },
    "the bytes of a large file, from the second origin": async () => {
      const [large] = await hub.models.files.info({ repo, paths: ["model.safetensors"] });
      const bytes = await (await hub.models.files.download({ repo, path: "model.safetensors" })).bytes();
      same(await sha256(bytes), large?.lfs?.oid);
    },
    "files that go up in a commit, to the storage, and there in parts, and come back": async () => {
      const { name } = await hub.auth.whoami();
      const own = `${name}/smoke-${crypto.randomUUID()}`;
      await hub.repos.create({ repo: own });
      const files = [1_000, 150_000, 450_000].map((size, index) => ({
        path: index === 0 ? "small.txt" : `large-${index}.bin`,
        content: new Uint8Array(size).map((_, at) => (at * 7 + index) % 256),
      }));
      await hub.models.files.upload({ repo: own, files });
      for (const { path, content } of files) {
        const bytes = await (await hub.models.files.download({ repo: own, path })).bytes();
        same([path, await sha256(bytes)], [path, await sha256(content)]);
      }
    },
    "a commit that is too long to be held as one text": async () => {
      const { name } = await hub.auth.whoami();
      const own = `${name}/smoke-${crypto.randomUUID()}`;
      await hub.repos.create({ repo: own });
      const content = "a line\n".repeat(500_000);
      const files = ["a.txt", "b.txt", "c.txt"].map((path) => ({ path, content: `${path}\n${content}` }));
      await hub.models.files.upload({ repo: own, files });
      const last = await (await hub.models.files.download({ repo: own, path: "c.txt" })).text();
      same([last.length, last.slice(0, 6)], [content.length + 6, "c.txt\n"]);
    },
    "a refusal for too many requests, survived": async () => {
      const events: RequestEvent[] = [];
      let refusals = 1;
      const refusedOnce: typeof fetch = (input, init) => {
        const request = new Request(input, init);
        if (refusals-- > 0) request.headers.set("x-mock-fault", "429");
        return fetch(request);
      };
      const refused = new Hub({ endpoint, token, fetch: refusedOnce, observe: (event) => events.push(event) });
      same((await refused.models.get({ repo })).id, repo);
      const statuses = events.flatMap((event) => (event.type === "response" ? [event.status] : []));
      same(statuses, [429, 200]);
    },
    "an abort that ends a call on its way": async () => {
      const reason = new Error("no longer wanted");
      const abort = new AbortController();
      const started = Date.now();
      const call = hub.models.get({ repo }, { signal: abort.signal, headers: { "x-mock-fault": "latency=20000" } });
      setTimeout(() => abort.abort(reason), 50);
      same((await failure(call)) === reason, true);
      same(Date.now() - started < 10_000, true);
    },
  };
  for (const [name, check] of Object.entries(checks)) {
    await check().catch((cause: unknown) => {
      throw new Error(`${name}: ${cause instanceof Error ? `${cause.name}: ${cause.message}` : String(cause)}`, {
        cause,
      });
    });
  }
  return `${Object.keys(checks).length} checks passed`;
}

async function failure(call: Promise<unknown>): Promise<unknown> {
  return await call.then(
    () => new Error("the call was answered"),
    (error: unknown) => error,
  );
}

function same(found: unknown, expected: unknown): void {
  const [left, right] = [JSON.stringify(found), JSON.stringify(expected)];
  if (left !== right) throw new Error(`found ${left}, expected ${right}`);
}

async function sha256(bytes: Uint8Array): Promise<string> {
  const digest = await crypto.subtle.digest("SHA-256", Uint8Array.from(bytes));
  return [...new Uint8Array(digest)].map((byte) => byte.toString(16).padStart(2, "0")).join("");
}
