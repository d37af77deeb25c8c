import { operations, type OperationFacts, type OperationId } from "@hf-api/raw/operations";
import { describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import { publicMethods } from "../../samples/public-methods.js";
import { allRows } from "./rows.js";

const everyMethod = publicMethods().map(({ method }) => method);
const everyOperation = Object.entries(operations) as [OperationId, OperationFacts][];

describe("methods and operations cover each other", () => {
  it("calls every operation of the merged document from a method", () => {
    const called = new Set(allRows.map(({ operation }) => operation));
    // Two paths that reach the same operation need one method.
    const isReached = ([id, { sameAs }]: [OperationId, OperationFacts]): boolean =>
      called.has(id) ||
      (sameAs !== undefined && called.has(sameAs as OperationId)) ||
      everyOperation.some(([twin, facts]) => facts.sameAs === id && called.has(twin));
    expect(
      everyOperation.filter((entry) => !isReached(entry)).map(([id, { method, path }]) => `${id}: ${method} ${path}`),
    ).toEqual([]);
  });

  it("has a row for every public method, and a method for every row", () => {
    const methods = new Set(everyMethod);
    const inRows = new Set(allRows.map(({ method }) => method));
    // What only writes a URL calls no operation.
    const silent = /\.files\.url$/;
    expect([...methods].filter((method) => !inRows.has(method) && !silent.test(method))).toEqual([]);
    expect([...inRows].filter((method) => !methods.has(method))).toEqual([]);
  });
});

describe("a call with input that cannot work", () => {
  const hub = new Hub({ token: null, fetch: () => Promise.reject(new Error("nothing may be sent")), retries: 0 });

  it("rejects, and throws only where it gives a list or a stream at once", async () => {
    const throwing = [];
    for (const name of everyMethod) {
      const path = name.split(".");
      const method = path.pop() ?? "";
      let holder: unknown = hub;
      for (const part of path) holder = (holder as Record<string, unknown>)[part];
      try {
        const result = (holder as Record<string, (input: unknown) => unknown>)[method]?.({ repo: "no id", num: NaN });
        if (result instanceof Promise) await result.catch(() => undefined);
      } catch {
        throwing.push(name);
      }
    }
    expect(throwing.filter((name) => !/\.(list|stream|url$)/.test(name))).toEqual([]);
  });
});
