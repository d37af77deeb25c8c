import { describe, expect, it } from "vitest";
import { body, json } from "../servers/responses.js";
import { HubConnectionError } from "../../src/errors.js";
import type { Hub } from "../../src/hub.js";
import type { RequestEvent, RequestOptions } from "../../src/options.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";
import { settled } from "../servers/waits.js";

const server = useFaultServer();

const calls: [string, string, (hub: Hub, options: RequestOptions) => Promise<unknown>][] = [
  ["a GET", modelPath, getModel],
  [
    "a PUT",
    `${modelPath}/settings`,
    (hub, options) => hub.models.updateSettings({ repo: "owner/name", private: true }, options),
  ],
  [
    "a download",
    "/owner/name/resolve/main/file",
    (hub, options) => hub.models.files.download({ repo: "owner/name", path: "file" }, options),
  ],
];

/** Those that the client itself repeats a request for, when they are not the caller's own. */
const errors: [string, Error][] = [
  ["an error", new Error("mine")],
  ["a SyntaxError", new SyntaxError("mine")],
  ["a HubConnectionError", new HubConnectionError("mine")],
];

describe.each(calls)("%s whose callbacks are asynchronous", (_, path, call) => {
  it("goes on, whatever they reject with, and so does the process", async () => {
    withoutBackOff();
    server().on(path, json(model, { status: 503 }), json(model));
    const seen: string[] = [];
    const rejecting = (what: string): Promise<never> => {
      seen.push(what);
      return Promise.reject(new Error("mine"));
    };
    const hub = hubAt(server().url, { observe: ({ type }) => rejecting(type) });
    await call(hub, { onResponse: () => rejecting("onResponse") });
    expect(seen).toEqual(["request", "response", "retry", "request", "response", "onResponse"]);
    await settled();
  });
});

it("an asynchronous observer of waits and of the retry budget bothers nobody either", async () => {
  withoutBackOff();
  server().on(modelPath, json(model, { headers: { ratelimit: '"api";r=0;t=1' } }), json(model, { status: 503 }));
  const seen = new Set<string>();
  const observe = ({ type }: RequestEvent): Promise<never> => {
    seen.add(type);
    return Promise.reject(new Error("mine"));
  };
  const hub = hubAt(server().url, { observe, retries: 200 });
  await getModel(hub);
  await failure(getModel(hub));
  await settled();
  expect([...seen].sort()).toEqual(["request", "response", "retry", "retry-budget", "wait"]);
});

it("asynchronous progress of files bothers nobody", async () => {
  server().on("/owner/name/resolve/main/f", body("bytes"));
  const onProgress = (): Promise<never> => Promise.reject(new Error("mine"));
  const file = await hubAt(server().url).models.files.download({ repo: "owner/name", path: "f" }, { onProgress });
  expect(await file.text()).toBe("bytes");
  await settled();
});

describe.each(calls)("%s", (_, path, call) => {
  describe.each(errors)("whose caller throws %s", (_, reason) => {
    const throwing = (): never => {
      throw reason;
    };

    it("in onResponse ends with it, after one request", async () => {
      server().on(path, json(model));
      expect(await failure(call(hubAt(server().url), { onResponse: throwing }))).toBe(reason);
      expect(server().requests).toHaveLength(1);
    });

    it.each([
      ["request", 0],
      ["response", 1],
      ["retry", 1],
    ])("in observe of a %s ends with it, after %i requests", async (type, requests) => {
      withoutBackOff();
      server().on(path, json(model, { status: type === "retry" ? 503 : 200 }), json(model));
      const hub = hubAt(server().url, { observe: (event) => event.type === type && throwing() });
      expect(await failure(call(hub, {}))).toBe(reason);
      expect(server().requests).toHaveLength(requests);
    });
  });
});
