import { expect, it } from "vitest";
import { HubError } from "../errors.js";
import { loadPart } from "./load-part.js";

it("returns the part", async () => {
  expect(await loadPart(() => Promise.resolve({ part: 1 }))).toEqual({ part: 1 });
});

it("rejects with a HubError that says what to do when the file is gone", async () => {
  const cause = new TypeError("Failed to fetch dynamically imported module");
  const error: unknown = await loadPart(() => Promise.reject(cause)).catch((reason: unknown) => reason);
  expect(error).toBeInstanceOf(HubError);
  expect(error).toMatchObject({ cause, message: expect.stringContaining("reload") as string });
});
