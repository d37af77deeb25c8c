import { inspect } from "node:util";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { HubError } from "./errors.js";
import { Hub } from "./hub.js";
import { ownerOr } from "./identity.js";
import { resolveOptions, type Fetch, type HubOptions, type RequestOptions, type TokenSource } from "./options.js";
import { Transport } from "./transport/transport.js";
import { failure } from "../test/servers/setup.js";
import { arrived, within } from "../test/servers/waits.js";

/** A Hub that responds with the token's last part as its owner: `hf_ada` belongs to `ada`. */
function transportOf(
  token: TokenSource,
  response?: (name: string) => Response,
): { transport: Transport; asked: string[] } {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const name = new Headers(init?.headers).get("authorization")?.replace("Bearer hf_", "") ?? "nobody";
    asked.push(name);
    return response?.(name) ?? Response.json({ name });
  };
  const settings = resolveOptions({ token, fetch, retries: 0 });
  return { transport: new Transport(settings), asked };
}

/** A Hub whose responses to "who am I" come when they are let go. */
function slowHub(options: HubOptions = {}): {
  hub: Hub;
  asked: string[];
  letGo: (response: Response) => void;
} {
  const asked: string[] = [];
  let letGo: (response: Response) => void = () => undefined;
  const response = new Promise<Response>((resolve) => (letGo = resolve));
  const fetch: Fetch = async (url, { signal }) => {
    asked.push(new URL(url).pathname);
    if (!url.endsWith("/whoami-v2")) return Response.json([]);
    const ended = new Promise<never>((_, reject) =>
      signal?.addEventListener("abort", () => reject(signal.reason as Error)),
    );
    return (await Promise.race([response, ended])).clone();
  };
  return {
    hub: new Hub({ token: "hf_ada", fetch, retries: 0, ...options }),
    asked,
    letGo,
  };
}

const reason = new Error("enough");

describe("a call that waits for the token's own user", () => {
  const calls: [string, (hub: Hub, options: RequestOptions) => Promise<unknown>][] = [
    ["a job", (hub, options) => hub.jobs.get({ jobId: "1" }, options)],
    ["a count of jobs", (hub, options) => hub.jobs.count({}, options)],
    ["a list of jobs", (hub, options) => hub.jobs.list({}, options).toArray()],
    ["the logs of a job", (hub, options) => hub.jobs.streamLogs({ jobId: "1" }, options).events().next()],
    ["a schedule", (hub, options) => hub.scheduledJobs.get({ scheduledJobId: "1" }, options)],
    ["schedules", (hub, options) => hub.scheduledJobs.list({}, options)],
    ["buckets", (hub, options) => hub.buckets.list({}, options).toArray()],
    ["a collection", (hub, options) => hub.collections.create({ title: "Mine" }, options)],
  ];

  it("repeats the question as often as its own limits allow, each attempt within its time", async () => {
    const statuses = [503, 200];
    const fetch: Fetch = async (url) =>
      url.endsWith("/whoami-v2")
        ? Response.json({ name: "ada" }, { status: statuses.shift() ?? 200 })
        : Response.json({ id: "1" });
    const hub = new Hub({ token: "hf_ada", fetch, retries: 0 });
    vi.spyOn(Math, "random").mockReturnValue(0.1);
    onTestFinished(() => void vi.restoreAllMocks());
    // The wait between the attempts is 50 ms, and belongs to none of them.
    await hub.jobs.get({ jobId: "1" }, { timeout: 30, retries: 1 });
    expect(statuses).toEqual([]);
  });

  it("obeys the client's deadline, whatever its own time limit is", async () => {
    const { hub } = slowHub({ deadline: 20 });
    const late = { name: "HubTimeoutError", timeout: 20 };
    await expect(hub.jobs.get({ jobId: "1" }, { timeout: 600 })).rejects.toMatchObject(late);
  });

  it.each(calls)("for %s ends with its signal", async (_, call) => {
    const { hub, asked } = slowHub();
    const controller = new AbortController();
    const ended = failure(call(hub, { signal: controller.signal }));
    await arrived(asked);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    await expect(call(hub, { signal: AbortSignal.abort(reason) })).rejects.toBe(reason);
    expect(new Set(asked)).toEqual(new Set(["/api/whoami-v2"]));
  });

  it.each(calls)("for %s ends at its deadline", async (_, call) => {
    const late = { name: "HubTimeoutError", timeout: 15 };
    await expect(call(slowHub().hub, { deadline: 15 })).rejects.toMatchObject(late);
    await expect(call(slowHub({ deadline: 15 }).hub, {})).rejects.toMatchObject(late);
  });

  it.each(calls)("for %s ends at the time limit of an attempt", async (_, call) => {
    const late = { name: "HubTimeoutError", timeout: 15 };
    await expect(call(slowHub().hub, { timeout: 15 })).rejects.toMatchObject(late);
  });

  it("ends alone: another one that shares the question gets its response", async () => {
    const { hub, asked, letGo } = slowHub();
    const controller = new AbortController();
    const first = hub.jobs.list({}, { signal: controller.signal }).toArray();
    const second = hub.jobs.list().toArray();
    const third = hub.jobs.list({}, { deadline: 15 }).toArray();
    const ended = failure(first);
    await arrived(asked);
    controller.abort(reason);
    expect(await ended).toBe(reason);
    await expect(third).rejects.toMatchObject({ name: "HubTimeoutError" });
    letGo(Response.json({ name: "ada" }));
    expect(await second).toEqual([]);
    expect(asked).toEqual(["/api/whoami-v2", "/api/jobs/ada"]);
  });

  it.each(calls)("for %s ends at the time limit of an attempt when the token itself never comes", async (_, call) => {
    const { hub } = slowHub({
      token: () => new Promise<string>(() => undefined),
    });
    const late = { name: "HubTimeoutError", timeout: 15 };
    await expect(within(1000, call(hub, { timeout: 15 }))).rejects.toMatchObject(late);
  });

  it("ends alone at its own time limit, too", async () => {
    const { hub, letGo } = slowHub();
    const first = hub.jobs.list({}, { timeout: 15 }).toArray();
    const second = hub.jobs.list().toArray();
    await expect(first).rejects.toMatchObject({
      name: "HubTimeoutError",
      timeout: 15,
    });
    letGo(Response.json({ name: "ada" }));
    expect(await second).toEqual([]);
  });

  it("does not wait where an owner is named", async () => {
    const { hub, asked } = slowHub();
    expect(await hub.jobs.list({ namespace: "acme" }).toArray()).toEqual([]);
    expect(asked).toEqual(["/api/jobs/acme"]);
  });
});

it.each([[{}], [[]], [{ name: null }], [{ name: 7 }]])("a response that names nobody is told: %j", async (response) => {
  const { transport } = transportOf("hf_ada", () => Response.json(response));
  await expect(ownerOr(transport, undefined)).rejects.toThrow(
    new HubError("the Hub does not say whose token this is; name the owner as namespace"),
  );
});

describe("the token's own user", () => {
  it("is asked for once, also by many at the same time", async () => {
    const { transport, asked } = transportOf("hf_ada");
    const names = await Promise.all([1, 2, 3].map(() => ownerOr(transport, undefined)));
    expect([...names, await ownerOr(transport, undefined)]).toEqual(["ada", "ada", "ada", "ada"]);
    expect(asked).toEqual(["ada"]);
  });

  it("is nobody's business when an owner is named", async () => {
    const { transport, asked } = transportOf("hf_ada");
    expect(await ownerOr(transport, "acme")).toBe("acme");
    expect(asked).toEqual([]);
  });

  it("is another one as soon as the function gives another token", async () => {
    let token = "hf_ada";
    const { transport, asked } = transportOf(() => token);
    expect(await ownerOr(transport, undefined)).toBe("ada");
    expect(await ownerOr(transport, undefined)).toBe("ada");
    token = "hf_grace";
    expect(await ownerOr(transport, undefined)).toBe("grace");
    expect(await ownerOr(transport, undefined)).toBe("grace");
    expect(asked).toEqual(["ada", "grace"]);
  });

  it("is the new token's when that changes while the question is on its way", async () => {
    let token = "hf_ada";
    const { transport, asked } = transportOf(
      () => token,
      (name) => {
        token = name === "ada" && asked.length === 1 ? "hf_grace" : token;
        return Response.json({ name });
      },
    );
    expect(await ownerOr(transport, undefined)).toBe("grace");
    token = "hf_ada";
    expect(await ownerOr(transport, undefined)).toBe("ada");
    expect(asked).toEqual(["ada", "grace", "ada"]);
  });

  it("is known when each request has a token of its own, and refused when each has a user of its own", async () => {
    let count = 0;
    const one = transportOf(
      () => `hf_${(count += 1)}`,
      () => Response.json({ name: "ada" }),
    );
    expect(await ownerOr(one.transport, undefined)).toBe("ada");
    const many = transportOf(() => `hf_${(count += 1)}`);
    await expect(ownerOr(many.transport, undefined)).rejects.toThrow("the token keeps changing its user");
    expect(many.asked).toHaveLength(5);
  });

  it("is asked for again after a failure", async () => {
    let failures = 1;
    const { transport, asked } = transportOf("hf_ada", (name) =>
      failures-- > 0 ? new Response("", { status: 500 }) : Response.json({ name }),
    );
    await expect(ownerOr(transport, undefined)).rejects.toThrow("500");
    expect(await ownerOr(transport, undefined)).toBe("ada");
    expect(asked).toHaveLength(2);
  });

  it("is remembered where nobody sees the token", async () => {
    const { transport } = transportOf("hf_ada");
    await ownerOr(transport, undefined);
    expect(inspect(transport, { depth: 12, showHidden: true, getters: true })).not.toContain("hf_ada");
    expect(JSON.stringify(transport)).not.toContain("hf_ada");
  });
});
