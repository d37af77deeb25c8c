import { afterAll, afterEach, beforeAll, vi } from "vitest";
import { FaultServer } from "./fault-server.js";
import { Hub } from "../../src/hub.js";
import type { HubOptions } from "../../src/options.js";

export const token = "hf_secretSecretSecretSecret";

export const modelPath = "/api/models/owner/name";
export const model = { id: "owner/name" };

/** A server for the tests of one file, emptied after each of them. */
export function useFaultServer(): () => FaultServer {
  let server: FaultServer | undefined;
  beforeAll(async () => {
    server = await FaultServer.start();
  });
  afterEach(() => {
    vi.restoreAllMocks();
    server?.reset();
  });
  afterAll(async () => await server?.close());
  return () => {
    if (server === undefined) throw new Error("the server has not started");
    return server;
  };
}

export function hubAt(endpoint: string, options: HubOptions = {}): Hub {
  return new Hub({ token, endpoint, timeout: 2000, ...options });
}

/** The call that most tests make. */
export const getModel = (hub: Hub, options: Parameters<Hub["models"]["get"]>[1] = {}): Promise<{ id: string }> =>
  hub.models.get({ repo: "owner/name" }, options);

/** Takes the jitter out of back-off, which then waits the least it can. */
export function withoutBackOff(): void {
  vi.spyOn(Math, "random").mockReturnValue(0);
}

/** What a promise rejects with. */
export async function failure(promise: Promise<unknown>): Promise<unknown> {
  try {
    await promise;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}
