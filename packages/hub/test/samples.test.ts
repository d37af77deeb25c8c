import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { HubResponseError, isHubError } from "../src/errors.js";
import { compileSamples } from "../samples/compile-samples.js";
import { examplesOf, readExamples } from "../samples/doc-comments.js";
import { expectedRefusals } from "../samples/expected-refusals.js";
import { preparations } from "../samples/preparations.js";
import { publicMethods } from "../samples/public-methods.js";
import { runSample } from "../samples/run-sample.js";
import { readSamples } from "../samples/samples.js";
import { showingResults } from "../samples/shown-results.js";

const samples = readSamples();
const names = new Set(samples.map(({ name }) => name));

describe("the examples of the doc comments", () => {
  it("are there, one for each public method", () => {
    expect(publicMethods().flatMap(({ method }) => (names.has(method) ? [] : [method]))).toEqual([]);
    const subjects = readExamples().map(({ subject }) => subject);
    expect(subjects.filter((subject, index) => subjects.indexOf(subject) !== index)).toEqual([]);
  });

  it("all belong to something that programs can call", () => {
    const defined = new Set(publicMethods().map(({ method, definedBy }) => `${definedBy}.${lastOf(method)}`));
    const strangers = readExamples().filter(({ subject }) => !defined.has(subject) && !/^\w+$/.test(subject));
    expect(strangers).toEqual([]);
  });

  it("speak of the method that they stand at", () => {
    const calls = (name: string): string => (name.includes(".") ? `hub.${name}(` : "");
    expect(samples.filter(({ name, code }) => !code.includes(calls(name)))).toEqual([]);
  });

  it("compile, in one strict program", async () => {
    expect(await compileSamples(samples)).toEqual([]);
  });

  it("are named by the preparations and refusals that are kept for them", () => {
    const known = [...Object.keys(preparations), ...Object.keys(expectedRefusals)];
    expect(known.filter((name) => !names.has(name))).toEqual([]);
  });
});

describe("the samples, run against an embedded Hub", () => {
  const folder = process.cwd();
  const place = mkdtempSync(join(tmpdir(), "hub-samples-run-"));

  // Those for Node read files of the current folder, and write there.
  beforeAll(() => {
    process.chdir(place);
    mkdirSync("out");
    writeFileSync("out/model.bin", "weights");
    vi.stubEnv("HF_HUB_CACHE", join(place, "cache"));
  });

  afterAll(() => {
    vi.unstubAllEnvs();
    process.chdir(folder);
    rmSync(place, { recursive: true });
  });

  it.each(samples.map((sample) => [sample.name, sample] as const))("%s", { timeout: 10_000 }, async (name, sample) => {
    const refusal = expectedRefusals[name];
    const outcome = await runSample(sample).catch((error: unknown) => ({ error }));
    if (refusal !== undefined) {
      expect(outcome).toHaveProperty("error.code", refusal.code);
      return;
    }
    // Thrown as it is, so that the report shows where.
    if ("error" in outcome) throw isHubError(outcome.error) ? new Error(outcome.error.message) : outcome.error;
    // A loop over nothing proves nothing. What prints on a condition may keep silent.
    const prints = showingResults(sample.code).includes("console.log(") && !/^if /m.test(sample.code);
    if (prints) expect(outcome.flat().filter((value) => value !== undefined)).not.toEqual([]);
  });
});

describe("preparations", () => {
  it.each(samples.filter(({ name }) => name in preparations).map((sample) => [sample.name, sample] as const))(
    "are needed for %s",
    async (_, sample) => {
      await expect(runSample(sample, () => Promise.resolve())).rejects.toThrow(HubResponseError);
    },
  );
});

describe("reading doc comments", () => {
  it("finds the class or method behind each, and leaves other comments alone", () => {
    const source = `
/**
 * A thing.
 *
 * @example
 * new Thing();
 */
export class Thing {
  /** No example. */
  first(): void {}

  /**
   * Does it.
   *
   * @example
   * await thing.second({
   *   a: 1,
   * });
   */
  async second(input: string): Promise<void> {}
}

/**
 * @example
 * help();
 */
export function help(): void {}
`;
    expect(examplesOf(source, "thing.ts").map(({ subject, code }) => [subject, code])).toEqual([
      ["Thing", "new Thing();"],
      ["Thing.second", "await thing.second({\n  a: 1,\n});"],
      ["help", "help();"],
    ]);
  });
});

describe("showing the results of a sample", () => {
  it.each([
    ["await hub.a();", ""],
    ["const x = await hub.a();", "x"],
    ["const { a, b: c } = await hub.a();", "a, c"],
    ["const [first] = await hub.a();", "first"],
    ["const x = await hub.a();\nconst y = 2;", "x, y"],
    ["for await (const x of hub.a()) console.log(x);", ""],
  ])("%s", (code, shown) => {
    expect(showingResults(code)).toBe(shown === "" ? code : `${code}\nconsole.log(${shown});`);
  });
});

function lastOf(method: string): string {
  return method.slice(method.lastIndexOf(".") + 1);
}
