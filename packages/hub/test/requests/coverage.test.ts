import { operations, type OperationFacts, type OperationId } from "@hf-api/raw/operations";
import { describe, expect, it } from "vitest";
import { Hub } from "../../src/hub.js";
import { allRows } from "./rows.js";

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
    const hub = new Hub({ token: null });
    const methods = new Set(namespacesOf(hub).flatMap((name) => methodsBelow(hub[name], `${name}.`)));
    const inRows = new Set(allRows.map(({ method }) => method));
    expect([...methods].filter((method) => !inRows.has(method))).toEqual([]);
    expect([...inRows].filter((method) => !methods.has(method))).toEqual([]);
  });
});

describe("a call with input that cannot work", () => {
  const hub = new Hub({ token: null, fetch: () => Promise.reject(new Error("nothing may be sent")), retries: 0 });
  const everyMethod = namespacesOf(hub).flatMap((name) => methodsBelow(hub[name], `${name}.`));

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
    expect(throwing.filter((name) => !/\.(list|stream)/.test(name))).toEqual([]);
  });
});

/** The namespaces are the hub's getters, but for two that offer no methods of the Hub's. */
function namespacesOf(hub: Hub): Exclude<keyof Hub, "raw" | "rateLimits">[] {
  const getters = Object.entries(Object.getOwnPropertyDescriptors(Object.getPrototypeOf(hub) as Hub));
  const names = getters.filter(([name, { get }]) => get !== undefined && name !== "raw" && name !== "rateLimits");
  return names.map(([name]) => name as Exclude<keyof Hub, "raw" | "rateLimits">);
}

/** The names of a namespace's methods, those of its parents and of its parts included. */
function methodsBelow(namespace: object, prefix: string): string[] {
  const parts = Object.entries(namespace).filter(
    ([name, value]) => typeof value === "object" && value !== null && name !== "transport" && name !== "identity",
  );
  return [
    ...methodsOf(namespace).map((method) => `${prefix}${method}`),
    ...parts.flatMap(([name, part]) => methodsBelow(part as object, `${prefix}${name}.`)),
  ];
}

function methodsOf(namespace: object): string[] {
  const names: string[] = [];
  for (
    let level = Object.getPrototypeOf(namespace) as object;
    level !== Object.prototype;
    level = Object.getPrototypeOf(level) as object
  ) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      if (typeof value === "function" && name !== "constructor") names.push(name);
    }
  }
  return names;
}
