import { describe, expect, it } from "vitest";
import { HubResponseError } from "../errors.js";
import { Hub } from "../hub.js";

const validate = (body: unknown, status: number): Promise<unknown> => {
  const hub = new Hub({ token: "hf_repos", fetch: async () => Response.json(body, { status }), retries: 0 });
  return hub.repos.validateCard({ content: "---\nlicense: beer\n---" });
};
const findings = [{ message: '"license" must be one of many' }];

describe("the check of a card", () => {
  it("finds nothing in a good one", async () => {
    expect(await validate({}, 200)).toEqual({ errors: [], warnings: [] });
  });

  it("tells of warnings", async () => {
    expect(await validate({ warnings: findings }, 200)).toEqual({ errors: [], warnings: findings });
  });

  it("tells of errors, with which the Hub would refuse it", async () => {
    expect(await validate({ errors: findings }, 400)).toEqual({ errors: findings, warnings: [] });
    expect(await validate({ errors: findings, warnings: findings }, 400)).toEqual({
      errors: findings,
      warnings: findings,
    });
  });

  it.each([
    [{ error: "no such kind of repository" }, 400],
    [{ errors: findings }, 422],
    [null, 400],
  ])("fails where it was no check: %j with %d", async (body, status) => {
    await expect(validate(body, status)).rejects.toThrow(HubResponseError);
  });
});
