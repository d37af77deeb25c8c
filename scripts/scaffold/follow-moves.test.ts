import { describe, expect, it } from "vitest";
import { inRow, inSource } from "./follow-moves.js";
import { moveName } from "./spec-text.js";

const move = { from: "/api/things/{id}", to: "/api/v2/{id}/thing", tag: "new area" };

describe("a source", () => {
  it("has its routes and types where they are now", () => {
    expect(inSource(`get("/api/things/{id}", {}); type A = Body<"get", "/api/things/{id}">;`, move)).toBe(
      `get("/api/v2/{id}/thing", {}); type A = Body<"get", "/api/v2/{id}/thing">;`,
    );
  });

  it("has its links to where they are documented now", () => {
    const link = "https://huggingface.co/spaces/huggingface/openapi#tag";
    expect(inSource(` * @see ${link}/old/PUT/api/things/%7Bid%7D\n`, move)).toBe(
      ` * @see ${link}/new area/PUT/api/v2/%7Bid%7D/thing\n`,
    );
  });

  it("keeps other paths, those too that begin or end alike", () => {
    const text = `get("/api/things/{id}/more"); get("/api/things"); // #tag/old/GET/api/things/%7Bid%7D/more\n`;
    expect(inSource(text, move)).toBe(text);
  });
});

describe("a row", () => {
  it("sends its request to where it goes now, with what it gave", () => {
    expect(inRow(`request: "GET /api/things/a%20b?limit=2",\nrequest: \`POST /api/things/7\`,`, move)).toBe(
      `request: "GET /api/v2/a%20b/thing?limit=2",\nrequest: \`POST /api/v2/7/thing\`,`,
    );
  });

  it("keeps other requests", () => {
    const text = `request: "GET /api/things/7/more", request: "GET /api/things"`;
    expect(inRow(text, move)).toBe(text);
  });
});

describe("the lock of names", () => {
  const lock = `/api/a:\n  get: { id: a, summary: "A." }\n/api/b:\n  get: { id: b, summary: "B." }\n  put: { id: setB, summary: "Sets b." }\n/api/d:\n  get: { id: d, summary: "D." }\n`;

  it("has all names of a path at its new place in the order", () => {
    expect(
      moveName(lock, "/api/b", "/api/e")
        .split("\n")
        .map((line) => line.split(" {")[0]),
    ).toEqual(["/api/a:", "  get:", "/api/d:", "  get:", "/api/e:", "  get:", "  put:", ""]);
    expect(moveName(moveName(lock, "/api/b", "/api/0"), "/api/0", "/api/b")).toBe(lock);
  });

  it("stays as it is where the path has no name", () => {
    expect(moveName(lock, "/api/c", "/api/e")).toBe(lock);
  });
});
