import { operations, type OperationFacts } from "@hf-api/raw/operations";
import { describe, expect, it } from "vitest";
import { complaintsAbout } from "./document.js";
import { record } from "../servers/recording-hub.js";
import { allRows } from "./rows.js";

describe("each method sends the request that its operation describes", () => {
  it.each(allRows.map((row) => [`${row.method} → ${row.request}`, row] as const))("%s", async (_, row) => {
    const [sent, ...others] = await record(row);
    expect(others).toEqual([]);
    expect(`${sent?.method} ${sent?.target}`).toBe(row.request);
    const isJson = /[/+]json/.test(sent?.headers.get("content-type") ?? "");
    expect(isJson ? JSON.parse(sent?.body ?? "") : sent?.body).toEqual(row.body);
    expect(sent === undefined ? ["nothing was sent"] : complaintsAbout(row.operation, sent)).toEqual([]);
    const facts: OperationFacts | undefined = operations[row.operation];
    expect(facts?.method.toUpperCase()).toBe(sent?.method);
  });
});
