import { Hub, HubResponseError, type HubErrorCode, type Pages } from "@hf-api/hub";
import { createRawClient, type Result } from "@hf-api/raw";

// Compiled, never run: the calls that an application makes most, with what it reads from their responses.
const hub = new Hub({ token: async () => "hf_token", timeout: 10_000, fetch });

export async function calls(signal: AbortSignal): Promise<readonly [string[], number, string | undefined]> {
  const list: Pages<{ id: string; downloads?: number }> = hub.models.list({
    author: "ada",
    filter: ["text"],
    limit: 20,
  });
  const ids: string[] = [];
  for await (const { id } of list) ids.push(id);
  for await (const page of hub.datasets.list({ search: "weaving" }).pages())
    ids.push(...page.items.map(({ id }) => id));
  const model = await hub.models.get({ repo: "ada/engine", revision: "refs/pr/1" }, { signal, retries: 1 });
  const { url } = await hub.repos.create({ repo: "engine", type: "model", visibility: "private" });
  const tree = await hub.spaces.files.list({ repo: "ada/loom", recursive: true }).take(10);
  const file = await hub.models.files.download({ repo: "ada/engine", path: "config.json" });
  const bytes: Uint8Array = await file.bytes();
  const { name } = await hub.auth.whoami();
  ids.push(name, url, ...tree.map(({ path }) => path));
  return [ids, bytes.byteLength, model.sha];
}

export function reason(error: unknown): HubErrorCode | undefined {
  if (!(error instanceof HubResponseError)) return undefined;
  const { status, code, requestId, retryAfter } = error;
  return status === 429 && (retryAfter ?? 0) > 60 ? `${code}/${requestId ?? ""}` : code;
}

export async function wire(): Promise<Result<"get", "/api/models"> | undefined> {
  const { data } = await createRawClient().GET("/api/models", { params: { query: { limit: 5 } } });
  return data;
}

// @ts-expect-error: a misspelt name of an input is an error in every compiler.
export const misspelt = (): unknown => hub.models.get({ repository: "ada/engine" });
