import { describe, expect, it } from "vitest";
import { json } from "../servers/answers.js";
import { HubConnectionError } from "../../src/errors.js";
import type { Hub } from "../../src/hub.js";
import type { RequestOptions } from "../../src/options.js";
import { failure, getModel, hubAt, model, modelPath, useFaultServer, withoutBackOff } from "../servers/setup.js";

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
