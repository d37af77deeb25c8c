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
    const methods = new Set(methodsBelow(new Hub({ token: null }), ""));
    const inRows = new Set(allRows.map(({ method }) => method));
    expect([...methods].filter((method) => !inRows.has(method))).toEqual([]);
    expect([...inRows].filter((method) => !methods.has(method))).toEqual([]);
  });
});

/** The names of all methods of all namespaces, those of their parents included. */
function methodsBelow(holder: object, prefix: string): string[] {
  return Object.entries(holder)
    .filter(
      ([name, value]) => typeof value === "object" && value !== null && name !== "transport" && name !== "identity",
    )
    .flatMap(([name, namespace]) => [
      ...methodsOf(namespace as object).map((method) => `${prefix}${name}.${method}`),
      ...methodsBelow(namespace as object, `${prefix}${name}.`),
    ]);
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
