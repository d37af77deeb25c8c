import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";
import { afterEach, describe, expect, it } from "vitest";

const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
const bin = fileURLToPath(new URL("../src/bin.ts", import.meta.url));

let child: ChildProcess | undefined;
afterEach(() => void child?.kill());

interface Outcome {
  code: number | null;
  stdout: string;
  stderr: string;
}

/** Runs the command until it ends, or until it says where it listens. */
function run(...options: string[]): Promise<Outcome> {
  const started = spawn(process.execPath, [tsx, bin, ...options], { stdio: ["ignore", "pipe", "pipe"] });
  child = started;
  const outcome: Outcome = { code: null, stdout: "", stderr: "" };
  return new Promise((resolve, reject) => {
    started.on("error", reject).on("close", (code) => resolve({ ...outcome, code }));
    started.stderr.on("data", (text: Buffer) => (outcome.stderr += text.toString()));
    started.stdout.on("data", (text: Buffer) => {
      outcome.stdout += text.toString();
      if (outcome.stdout.includes("Token to write:")) resolve(outcome);
    });
  });
}

describe("hf-mock-hub", () => {
  it.each<[string[], string]>([
    [["--prot", "0"], "Unknown option '--prot'; see"],
    [["8787"], "Unexpected argument '8787'; see"],
    [["--port", "65536"], '--port needs a whole number up to 65535, not "65536"'],
    [["--port", "-1"], "Option '--port' argument is ambiguous; see"],
    [["--models", "1e9"], '--models needs a whole number up to 100000, not "1e9"'],
    [["--models", "100001"], '--models needs a whole number up to 100000, not "100001"'],
    [["--seed", "x"], '--seed needs a whole number, not "x"'],
    [["--fault", "latency=200,reset=5"], "--fault reset needs a rate from 0 to 1, not 5"],
    [["--fault", "503=-0.1"], "--fault 503 needs a rate from 0 to 1, not -0.1"],
    [["--fault", "rest=0.1"], 'Unknown fault "rest"'],
  ])("refuses %j in a sentence", async (options, message) => {
    const { code, stdout, stderr } = await run(...options);
    expect(stderr.startsWith(`hf-mock-hub: ${message}`)).toBe(true);
    expect(stderr.endsWith("; see hf-mock-hub --help\n")).toBe(true);
    expect({ code, stdout }).toEqual({ code: 1, stdout: "" });
  });

  it("tells its options", async () => {
    const { code, stdout } = await run("--help");
    expect(stdout).toMatch(/^hf-mock-hub: [\s\S]+--fault <plan>/);
    expect(code).toBe(0);
  });

  it("listens where it says, and answers", async () => {
    const { stdout } = await run("--port", "0", "--models", "3", "--fault", "latency=1,after=10");
    const url = /^Mock Hub: +(\S+)$/m.exec(stdout)?.[1];
    const models = (await (await fetch(`${url}/api/models`)).json()) as unknown[];
    expect(models).toHaveLength(3);
  });
});
