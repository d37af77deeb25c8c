import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { HubConnectionError, HubError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { failure, getModel, hubAt, useFaultServer } from "../servers/setup.js";

const server = useFaultServer();

beforeEach(() => void vi.stubEnv("HF_HUB_OFFLINE", "1"));
afterEach(() => void vi.unstubAllEnvs());

describe("with HF_HUB_OFFLINE", () => {
  const upload = { repo: "me/x", files: [{ path: "a", content: new URL("https://example.com/a") }] };
  it.each<[string, (hub: Hub) => Promise<unknown>]>([
    ["a call", (hub) => getModel(hub)],
    ["a call that writes", (hub) => hub.repos.create({ repo: "me/x" })],
    ["a list", (hub) => hub.models.list().take(1)],
    ["a download", (hub) => hub.models.files.download({ repo: "a/b", path: "c" })],
    ["an upload from elsewhere", (hub) => hub.models.files.upload(upload)],
    ["an event stream", (hub) => hub.jobs.streamLogs({ namespace: "me", jobId: "1" })[Symbol.asyncIterator]().next()],
    ["a call of the raw client", (hub) => hub.raw.GET("/api/models")],
    ["the current user", (hub) => hub.auth.whoami()],
  ])("%s is refused at once, by the name of the variable", async (_, call) => {
    const events: unknown[] = [];
    const hub = hubAt(server().url, {
      observe: (event) => events.push(event),
      token: () => new Promise(() => undefined),
    });
    const error = await failure(call(hub));
    expect(error).toBeInstanceOf(HubError);
    expect(error).not.toBeInstanceOf(HubConnectionError);
    expect(String(error)).toContain("HF_HUB_OFFLINE is set");
    expect(events).not.toContainEqual(expect.objectContaining({ type: "retry" }));
    expect(server().requests).toEqual([]);
  });

  it("no fetch that is given is called", async () => {
    const fetch = vi.fn();
    await failure(getModel(hubAt(server().url, { fetch })));
    expect(fetch).not.toHaveBeenCalled();
  });

  it.each(["0", "", "off", "false"])("set to %j, the client asks", async (value) => {
    vi.stubEnv("HF_HUB_OFFLINE", value);
    const fetch = vi.fn(async () => Response.json({ id: "owner/name" }));
    await getModel(hubAt(server().url, { fetch }));
    expect(fetch).toHaveBeenCalledOnce();
  });
});
