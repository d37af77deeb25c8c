import { operations, type OperationFacts } from "@hf-api/raw/operations";
import { describe, expect, it } from "vitest";
import { HubError, HubResponseError } from "../../src/errors.js";
import { record } from "../servers/recording-hub.js";
import type { RowResponse, Row } from "./row.js";
import { allRows } from "./rows.js";

/** Responses that hold neither a list nor an object. */
const empty: [string, RowResponse][] = [
  ["null", { body: "null" }],
  ["a number", { body: "7" }],
  ["text", { body: '"text"' }],
  ["nothing", { body: "" }],
  ["nothing, with status 204", { status: 204 }],
  ["nothing, with status 205", { status: 205 }],
];

const outcomeOf = (row: Row, response: RowResponse): Promise<unknown> =>
  record({ ...row, response }).then(
    () => "resolved",
    (error: unknown) => error,
  );

const factsOf = ({ operation }: Row): OperationFacts => operations[operation];
/** Their operations have a body that tells nothing, and so they do not read it. */
const returningNothing = new Set([
  "datasets.cancelAccessRequest",
  "datasets.grantAccess",
  "datasets.handleAccessRequest",
  "models.cancelAccessRequest",
  "models.grantAccess",
  "models.handleAccessRequest",
  "papers.index",
  "papers.updateLinks",
  "provisioning.checkHealth",
  "resourceGroups.delete",
  "spaces.setSecret",
  "spaces.deleteSecret",
  "webhooks.delete",
]);
const isRead = (row: Row): boolean =>
  /[/+]json$/.test(factsOf(row).response ?? "") && !returningNothing.has(row.method);
const isUnread = (row: Row): boolean => factsOf(row).response === undefined || returningNothing.has(row.method);

describe.each(empty)("where the Hub responds with %s", (_, response) => {
  it("every method that returns something of it rejects as for an unexpected response", async () => {
    const others: string[] = [];
    for (const row of allRows.filter(isRead)) {
      const outcome = await outcomeOf(row, response);
      const isExpected = outcome instanceof HubResponseError && outcome.code === "UnexpectedResponse";
      if (!isExpected) others.push(`${row.method}: ${String(outcome)}`);
    }
    expect(others).toEqual([]);
  });

  it("every method that returns nothing of it goes on", async () => {
    const others: string[] = [];
    for (const row of allRows.filter(isUnread)) {
      const outcome = await outcomeOf(row, response);
      if (outcome !== "resolved") others.push(`${row.method}: ${String(outcome)}`);
    }
    expect(others).toEqual([]);
  });
});

describe.each([["an empty object"], ["an error with a good status"], ["an empty list"]])(
  "where the Hub responds with %s",
  (what) => {
    const body = what === "an empty list" ? "[]" : what === "an empty object" ? "{}" : '{"error":"oops"}';

    it("no method fails in another way than with a HubError", async () => {
      const others: string[] = [];
      for (const row of allRows) {
        const outcome = await outcomeOf(row, { body });
        if (outcome !== "resolved" && !(outcome instanceof HubError)) others.push(`${row.method}: ${String(outcome)}`);
      }
      expect(others).toEqual([]);
    });
  },
);
