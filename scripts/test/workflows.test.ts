import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

interface Step {
  uses?: string;
  run?: string;
  with?: Record<string, unknown>;
  env?: Record<string, unknown>;
}
interface Job {
  /** Another workflow, in the place of steps. */
  uses?: string;
  needs?: string | string[];
  permissions?: Record<string, string>;
  "timeout-minutes"?: number;
  "runs-on"?: string;
  environment?: string;
  steps?: Step[];
}
interface Workflow {
  on: Record<string, unknown>;
  permissions?: Record<string, string>;
  concurrency?: { group: string };
  jobs: Record<string, Job>;
}

const folder = fileURLToPath(new URL("../../.github/workflows/", import.meta.url));
const root: { scripts: Record<string, string>; packageManager: string } = JSON.parse(
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

  it("never runs twice at once, and never for long", () => {
    expect(it_.concurrency?.group).toBeTruthy();
    for (const job of jobsOf(it_).filter(({ steps }) => steps !== undefined)) {
      expect(job["timeout-minutes"]).toBeLessThanOrEqual(30);
    }
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
      if (run === undefined || run === "bash .ci/run") continue;
      const script = /^npx -y pnpm@12(?:\.\d+\.\d+)? ([\w:-]+)( [^\n;&|]*)?$/.exec(run)?.[1];
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

  it("gives its token to the step that proposes, and to no other", () => {
    const holders = stepsOf(workflow("regenerate.yml")).filter(({ env }) => env !== undefined);
    expect(holders.map(({ run }) => run?.split(" ")[3])).toEqual(["propose"]);
  });

  it("cannot publish", () => {
    for (const { permissions } of jobsOf(workflow("regenerate.yml")))
      expect(permissions).not.toHaveProperty("id-token");
  });
});

describe("release.yml", () => {
  const { ci, tag, pack, publish } = workflow("release.yml").jobs;
  const runs = (job: Job | undefined): string[] => (job?.steps ?? []).flatMap(({ run }) => run ?? []);

  it("tags nothing that the checks did not pass", () => {
    expect(ci).toEqual({ uses: "./.github/workflows/ci.yml", permissions: { contents: "read" } });
    expect(Object.keys(workflow("ci.yml").on)).toContain("workflow_call");
    // Each would cancel the other.
    expect(workflow("ci.yml").concurrency?.group).toContain("${{ github.workflow }}");
    expect(Object.keys(workflow("ci.yml").on)).not.toContain("push");
    expect(tag?.needs).toBe("ci");
  });

  it("builds where it cannot publish, and runs nothing that it built where it can", () => {
    expect(pack?.permissions).toEqual({ contents: "read" });
    expect(runs(pack).at(-1)).toBe("npx -y pnpm@12 pack-release --to release");
    expect(publish?.needs).toEqual(["tag", "pack"]);
    const pnpm = `npx -y ${root.packageManager}`;
    expect(runs(publish)).toEqual([
      `${pnpm} install --frozen-lockfile --ignore-scripts`,
      `${pnpm} publish-release --from release`,
    ]);
  });

  it("publishes from the tag, with reviewers, and without a cache", () => {
    expect(publish?.environment).toBe("npm");
    expect(publish?.permissions).toEqual({ contents: "read", "id-token": "write" });
    for (const job of [pack, publish]) expect(job?.steps?.[0]?.with?.["ref"]).toBe("${{ needs.tag.outputs.ref }}");
    expect(publish?.steps?.some((step) => step.with?.["cache"] !== undefined)).toBe(false);
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
