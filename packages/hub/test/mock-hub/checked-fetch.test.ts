import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { createCheckedFetch, type ResponseMismatch } from "@hf-api/mock-hub/check-responses";
import { loadDocument } from "@hf-api/mock-hub/node";
import { expect, it, onTestFinished } from "vitest";
import { HubConnectionError } from "../../src/errors.js";
import { Hub } from "../../src/hub.js";
import { failure } from "../servers/setup.js";

const document = await loadDocument();
if (document === undefined) throw new Error("there is no document");

/** A Hub whose lists of models have one of a number in the place of its id. */
async function wrongHub(): Promise<string> {
  const server = createServer((_, response) =>
    response.writeHead(200, { "content-type": "application/json" }).end('[{"_id":"0123456789abcdef01234567","id":5}]'),
  );
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  onTestFinished(() => {
    server.close();
    server.closeAllConnections();
  });
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

it("a client with a checked fetch tells where a response differs, and returns it all the same", async () => {
  const endpoint = await wrongHub();
  const told: ResponseMismatch[] = [];
  const fetch = createCheckedFetch({ document, endpoint, onMismatch: (mismatch) => told.push(mismatch) });
  const models = await new Hub({ endpoint, token: "hf_secret", fetch }).models.list({ search: "mine" }).toArray();
  expect(models).toHaveLength(1);
  expect(told.map(({ operation, problems }) => ({ operation, problems }))).toEqual([
    {
      operation: "listModels, GET /api/models",
      problems: [{ place: "/[]/id", expected: "string", got: "number" }],
    },
  ]);
  expect(told[0]?.message).not.toMatch(/secret|mine/);
});

it("a client whose fetch throws ends its call with the report as the cause", async () => {
  const endpoint = await wrongHub();
  const fetch = createCheckedFetch({ document, endpoint, mode: "throw" });
  const hub = new Hub({ endpoint, token: null, fetch, retries: 0 });
  const error = await failure(hub.models.list().toArray());
  expect(error).toBeInstanceOf(HubConnectionError);
  const { cause } = error as HubConnectionError;
  expect(cause).toMatchObject({ name: "ResponseMismatch", status: 200 });
  expect(String(cause)).toContain("at /[]/id: expected string, got number");
});
