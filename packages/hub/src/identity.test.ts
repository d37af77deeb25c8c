import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { Identity } from "./identity.js";
import { resolveOptions, type TokenSource } from "./options.js";
import { Transport } from "./transport.js";

/** A Hub that answers with the token's last part as its owner: `hf_ada` belongs to `ada`. */
function identityOf(token: TokenSource, answer?: (name: string) => Response): { identity: Identity; asked: string[] } {
  const asked: string[] = [];
  const fetch: typeof globalThis.fetch = async (_url, init) => {
    const name = new Headers(init?.headers).get("authorization")?.replace("Bearer hf_", "") ?? "nobody";
    asked.push(name);
    return answer?.(name) ?? Response.json({ name });
  };
  const settings = resolveOptions({ token, fetch, retries: 0 });
  return { identity: new Identity(new Transport(settings), settings.token), asked };
}

describe("the token's own user", () => {
  it("is asked for once, also by many at the same time", async () => {
    const { identity, asked } = identityOf("hf_ada");
    const names = await Promise.all([1, 2, 3].map(() => identity.nameOr(undefined)));
    expect([...names, await identity.nameOr(undefined)]).toEqual(["ada", "ada", "ada", "ada"]);
    expect(asked).toEqual(["ada"]);
  });

  it("is nobody's business when an owner is named", async () => {
    const { identity, asked } = identityOf("hf_ada");
    expect(await identity.nameOr("acme")).toBe("acme");
    expect(asked).toEqual([]);
  });

  it("is another one as soon as the function gives another token", async () => {
    let token = "hf_ada";
    const { identity, asked } = identityOf(() => token);
    expect(await identity.nameOr(undefined)).toBe("ada");
    expect(await identity.nameOr(undefined)).toBe("ada");
    token = "hf_grace";
    expect(await identity.nameOr(undefined)).toBe("grace");
    expect(await identity.nameOr(undefined)).toBe("grace");
    expect(asked).toEqual(["ada", "grace"]);
  });

  it("is not remembered for the old token when that changes while the question is on its way", async () => {
    let token = "hf_ada";
    const { identity, asked } = identityOf(
      () => token,
      (name) => {
        token = name === "ada" && asked.length === 1 ? "hf_grace" : token;
        return Response.json({ name });
      },
    );
    await identity.nameOr(undefined);
    token = "hf_ada";
    expect(await identity.nameOr(undefined)).toBe("ada");
    expect(asked).toEqual(["ada", "ada"]);
  });

  it("is asked for again after a failure", async () => {
    let failures = 1;
    const { identity, asked } = identityOf("hf_ada", (name) =>
      failures-- > 0 ? new Response("", { status: 500 }) : Response.json({ name }),
    );
    await expect(identity.nameOr(undefined)).rejects.toThrow("500");
    expect(await identity.nameOr(undefined)).toBe("ada");
    expect(asked).toHaveLength(2);
  });

  it("is remembered where nobody sees the token", async () => {
    const { identity } = identityOf("hf_ada");
    await identity.nameOr(undefined);
    expect(inspect(identity, { depth: 12, showHidden: true, getters: true })).not.toContain("hf_ada");
    expect(JSON.stringify(identity)).toBe("{}");
  });
});
