import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import document from "@hf-api/raw/openapi.json" with { type: "json" };

const src = fileURLToPath(new URL("../../src", import.meta.url));
const sources = readdirSync(src, { recursive: true, encoding: "utf8" }).filter((file) => /(?<!\.test)\.ts$/.test(file));
const text = sources.map((file) => readFileSync(join(src, file), "utf8")).join("\n");

it("each shape of the document can be imported", () => {
  const own = [...text.matchAll(/^export (?:interface|type) (\w+)/gm)].map(([, name]) => name);
  const passedOn = [...text.matchAll(/^export type \{([^}]*)\} from "@hf-api\/raw";/gm)].flatMap(([, names = ""]) =>
    names.split(",").map((name) => name.trim()),
  );
  const offered = new Set([...own, ...passedOn]);
  expect(Object.keys(document.components.schemas).filter((name) => !offered.has(name))).toEqual([]);
});
