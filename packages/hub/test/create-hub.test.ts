import { createMockHub } from "@hf-api/mock-hub";
import { describe, expect, expectTypeOf, it } from "vitest";
import { Auth, createHub, Hub, HubInputError, Models } from "../src/index.js";

describe("createHub", () => {
  it("offers the given namespaces, each of the same class as in a whole Hub", async () => {
    const mock = createMockHub({ seed: 1 });
    const options = { endpoint: mock.url, token: mock.tokens.read, fetch: mock.fetch };
    const hub = createHub({ models: Models, auth: Auth }, options);
    expectTypeOf(hub.models).toEqualTypeOf<Models>();
    expect(hub.models).toBeInstanceOf(Models);
    expect(hub.models).toBe(hub.models);
    expect(await hub.models.list({ limit: 2 }).toArray()).toEqual(
      await new Hub(options).models.list({ limit: 2 }).toArray(),
    );
    expect((await hub.auth.whoami()).name).toBe((await new Hub(options).auth.whoami()).name);
    expect(hub.endpoint).toBe(mock.url);
    expect(hub.rateLimits.api?.remaining).toBeGreaterThan(0);
  });

  it("shares transport and identity between its namespaces", async () => {
    const mock = createMockHub({ seed: 1 });
    const hub = createHub({ one: Auth, other: Models }, { endpoint: mock.url, token: null, fetch: mock.fetch });
    await hub.other.list({ limit: 1 }).toArray();
    expect(Object.keys(hub)).toEqual(["one", "other"]);
    expect(hub.rateLimits.api).toBeDefined();
  });

  it("rejects what is not a namespace class, and options in the first place", () => {
    const given = { models: Models };
    for (const wrong of [{ token: "hf_x" }, { models: new Models({} as never) }, { date: Date }, { get: fetch }]) {
      expect(() => createHub(wrong as never)).toThrow(HubInputError);
      expect(() => createHub(wrong as never)).toThrow(/is not a namespace class; pass classes first/);
    }
    expect(() => createHub({ raw: Models })).toThrow("a namespace can't be called raw");
    expect(() => createHub(given, { endpoint: "ftp://hub" })).toThrow(HubInputError);
  });
});
