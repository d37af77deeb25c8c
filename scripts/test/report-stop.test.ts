import { execFile } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { FakeGitHub, type FakeIssue } from "../release/fake-github.js";
import { compileScripts } from "./compile-scripts.js";

let root: string;
let github: FakeGitHub;
beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "report-stop-"));
  await compileScripts(join(root, "scripts"));
});
beforeEach(async () => {
  github = await FakeGitHub.make(join(root, "bin"));
  await rm(report(), { force: true });
});
afterAll(() => rm(root, { recursive: true }));

const report = (): string => join(root, "stop.md");

type Results = Record<string, string>;

/** The job that reports, after others with these results. */
function reportStop(results: Results, run = "1"): Promise<{ code: number; output: string }> {
  const jobs = Object.fromEntries(Object.entries(results).map(([name, result]) => [name, { result, outputs: {} }]));
  return runScript("--jobs", JSON.stringify(jobs), "--report", report(), run);
}

function runScript(...args: string[]): Promise<{ code: number; output: string }> {
  const workflow = { GITHUB_SERVER_URL: "https://github.example", GITHUB_REPOSITORY: "a/b", GITHUB_RUN_ID: args.pop() };
  const env = { ...process.env, ...workflow, PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  return new Promise((resolve) => {
    execFile(process.execPath, [join(root, "scripts/report-stop.js"), ...args], { cwd: root, env }, (error, out, err) =>
      resolve({ code: error === null ? 0 : 1, output: out + err }),
    );
  });
}

const stopped: Results = { regenerate: "failure", propose: "skipped" };
const green: Results = { regenerate: "success", propose: "success" };
const tell = (title: string, body: string): Promise<void> => writeFile(report(), `${title}\n\n${body}\n`);
const issues = async (): Promise<FakeIssue[]> => (await github.state()).issues;

// The fake gh is a script with a first line that Windows does not read.
describe.skipIf(process.platform === "win32")("the issue about a run that stopped", () => {
  it("is opened once, says what the run said, and names the run", async () => {
    await tell("Stopped: names", "Move a line.");
    expect(await reportStop(stopped)).toEqual({ code: 0, output: "  report   opened: Stopped: names\n" });
    const before = await issues();
    expect(before).toMatchObject([
      {
        title: "Stopped: names",
        body: expect.stringMatching(/^Move a line\.\n\nRun: https:\/\/github\.example\/a\/b\/actions\/runs\/1\n/),
        labels: ["api-stopped"],
        state: "OPEN",
      },
    ]);
    expect((await reportStop(stopped, "2")).output).toContain("#7 says so already");
    expect(await issues()).toEqual(before);
  });

  it("is updated when the run stops for something else", async () => {
    await tell("Stopped: names", "Move a line.");
    await reportStop(stopped);
    await tell("Stopped: names, overlay", "Move two lines.");
    expect((await reportStop(stopped, "2")).output).toContain("updated #7");
    expect(await issues()).toMatchObject([
      { title: "Stopped: names, overlay", body: expect.stringContaining("runs/2") },
    ]);
  });

  it("is closed by a run that succeeds, which a later stop follows with another", async () => {
    await tell("Stopped: names", "Move a line.");
    await reportStop(stopped);
    await rm(report());
    expect((await reportStop(green, "2")).output).toContain("closed #7");
    expect((await reportStop(green, "3")).output).toContain("all is well");
    await tell("Stopped: names", "Move a line.");
    expect((await reportStop(stopped, "4")).output).toContain("opened");
    expect(await issues()).toMatchObject([{ state: "CLOSED" }, { state: "OPEN" }]);
    expect((await github.state()).log).toEqual([
      "create issue #7 Stopped: names",
      "close issue #7 It runs through again. Run: https://github.example/a/b/actions/runs/2",
      "create issue #8 Stopped: names",
    ]);
  });

  it.each<[Results, string]>([
    [stopped, "regenerate failed"],
    [{ regenerate: "success", propose: "failure" }, "propose failed"],
    [{ regenerate: "cancelled", propose: "skipped" }, "regenerate failed"],
  ])("names the job that failed without a word: %j", async (results, expected) => {
    await reportStop(results);
    expect(await issues()).toMatchObject([
      {
        title: `The Hub's API is not followed at present: ${expected}`,
        body: expect.stringContaining("CONTRIBUTING.md"),
      },
    ]);
  });

  it("is none of a stranger's, who cannot label what they open", async () => {
    await github.change((state) => {
      state.issues.push({ number: 3, state: "OPEN", title: "Stopped: names", body: "", labels: [] });
    });
    await reportStop(green);
    expect(await issues()).toMatchObject([{ state: "OPEN" }]);
  });

  it.each(["", "no JSON", '"text"'])("is not touched when the results are %j", async (jobs) => {
    const { code, output } = await runScript(`--jobs=${jobs}`, "1");
    expect(output).toMatch(/^report-stop: [^\n]+\n$/);
    expect(code).toBe(1);
    expect(await issues()).toEqual([]);
  });
});
