import { describe, expect, it } from "vitest";
import {
  HubConnectionError,
  HubError,
  HubInputError,
  HubIntegrityError,
  HubResponseError,
  HubTimeoutError,
  HubWebhookError,
  isHubError,
} from "./errors.js";

const cause = new Error("connect ECONNREFUSED");
const refusal = {
  status: 404,
  code: "RepoNotFound",
  method: "GET",
  url: "https://hub.example/api",
  body: { error: "no" },
};
const errors = [
  new HubError("words", { cause }),
  new HubInputError("words", { cause }),
  new HubConnectionError("words", { cause }),
  new HubIntegrityError("words", { cause }),
  new HubTimeoutError("words", 7),
  new HubWebhookError(401, "words", { cause }),
  new HubResponseError({ ...refusal, cause }),
].map((error) => [error.name, error] as const);

describe("an error that travels", () => {
  it.each(errors)("as a structured clone keeps words, cause and, in its stack, its name: %s", (name, error) => {
    const clone = structuredClone(error);
    expect(clone).toBeInstanceOf(Error);
    expect(clone.message).toBe(error.message);
    expect(String(clone.stack)).toContain(name);
    expect((clone.cause as Error | undefined)?.message).toBe((error.cause as Error | undefined)?.message);
  });

  it.each(errors)("as a plain copy is still known, with all that it tells: %s", (name, error) => {
    const copy: unknown = structuredClone({ ...error, message: error.message });
    expect(isHubError(copy)).toBe(true);
    expect(copy).toMatchObject({ ...error, name, message: error.message });
  });
});
