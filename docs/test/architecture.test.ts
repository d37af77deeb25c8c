import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));
const text = readFileSync(`${root}docs/architecture.md`, "utf8");

/** Where the page's paths begin. */
const bases = ["", "scripts/", "packages/hub/", "packages/hub/src/", "packages/hub/src/transport/"];

it("names files and folders that exist", () => {
  const paths = Array.from(text.matchAll(/`([\w./*-]+(?:\.ts|\/[\w.*-]*))`/g), ([, path = ""]) =>
    path.replace(/\*.*$/, ""),
  );
  expect(paths.length).toBeGreaterThan(25);
  expect(paths.filter((path) => !bases.some((base) => existsSync(`${root}${base}${path}`)))).toEqual([]);
});
