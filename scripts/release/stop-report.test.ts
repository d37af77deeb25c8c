import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { PipelineError } from "../cli/pipeline-error.js";
import { Refusals } from "../cli/refusals.js";
import { reporting, stopReport } from "./stop-report.js";

const stop = (fill: (refusals: Refusals) => void): PipelineError => {
  const refusals = new Refusals();
  fill(refusals);
  try {
    refusals.throwAny();
  } catch (error) {
    if (error instanceof PipelineError) return error;
  }
  throw new Error("nothing was refused");
};

describe("the report of a run that stopped", () => {
  it("has a chapter for each part, with what to do, and a title of our own words", () => {
    const error = stop((refusals) => {
      refusals.in("names")(new PipelineError("1 named operation(s) are gone: GET /api/a."));
      refusals.in("fields")(new PipelineError("there is no operation getA"));
    });
    const text = stopReport(error, "document", "**Breaking**\n\n- Gone: `GET /api/a`\n");
    expect(text.split("\n")[0]).toBe("The Hub's API is not followed at present: names of operations, words for fields");
    expect(text.match(/^## .*/gm)).toEqual([
      "## Names of operations",
      "## Words for fields",
      "## What changed upstream",
      "## What to do",
    ]);
    expect(text).toContain("- `1 named operation(s) are gone: GET /api/a.`\n\nIn `spec/names.yaml`, move the line");
    expect(text).toContain("- Gone: `GET /api/a`");
  });

  it("quotes the document, so that it mentions nobody and commands nothing", () => {
    const error = new PipelineError("refused: `@somebody` [x](https://evil.example) ::set-output\n# title");
    const text = stopReport(error, "document", undefined);
    expect(text).toContain("- `refused: '@somebody' [x](https://evil.example) : :set-output # title`\n");
    expect(text.match(/^# /gm)).toBeNull();
  });

  it("tells all reasons of a refusal that belongs to no part", () => {
    const text = stopReport(new PipelineError("Two things:", ["One.", "Two."]), "overlay", undefined);
    expect(text).toContain("## Corrections\n\n- `Two things:`\n- `One.`\n- `Two.`\n");
  });
});

describe("a script that reports", () => {
  let folder: string;
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "report-"));
  });
  afterEach(() => rm(folder, { recursive: true }));
  const nothing = (): undefined => undefined;

  it("fails as it would without, and leaves the report", async () => {
    const file = join(folder, "stop.md");
    const fail = (): Promise<void> => Promise.reject(new PipelineError("The source is empty."));
    await expect(reporting(file, "document", nothing, fail)).rejects.toThrow("The source is empty.");
    expect(await readFile(file, "utf8")).toContain("- `The source is empty.`");
    await expect(reporting(undefined, "document", nothing, fail)).rejects.toThrow("The source is empty.");
  });

  it("takes an old report away when it is done", async () => {
    const file = join(folder, "stop.md");
    await writeFile(file, "old");
    await reporting(file, "document", nothing, () => Promise.resolve());
    await expect(readFile(file)).rejects.toThrow("ENOENT");
  });
});
