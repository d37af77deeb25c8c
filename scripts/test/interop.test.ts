import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { Hub } from "@hf-api/hub";
import { createMockHub } from "@hf-api/mock-hub";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { allCells } from "../interop/all-cells.js";
import { isUnserved, session } from "../interop/cells/hfd.js";
import { NotRun, type CallOutcome, type Cell } from "../interop/cell.js";
import { rejects } from "../interop/matches.js";
import { isFailure, prove } from "../interop/prove.js";
import { runRows, type Row } from "../interop/rows.js";
import { freePort, withServer } from "../interop/server.js";
import { endStrangers, runStranger, startStranger } from "../interop/stranger.js";
import { formatMarkdown, formatOutcome } from "../interop/table.js";
import { toldCalls } from "../interop/told-calls.js";

const node = process.execPath;
let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "interop-"));
});
afterEach(() => rm(folder, { recursive: true, force: true, maxRetries: 3 }));

const script = async (name: string, text: string): Promise<string> => {
  await writeFile(join(folder, name), text);
  return join(folder, name);
};
const isRunning = (pid: number): boolean => {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
};
const until = async (isTrue: () => boolean): Promise<void> => {
  for (let tries = 0; !isTrue(); tries++) {
    if (tries > 200) throw new Error("it never came true");
    await sleep(25);
  }
};

describe("a call", () => {
  const judge = async (row: Omit<Row<null>, "call">, unserved?: (error: unknown) => boolean): Promise<CallOutcome> => {
    const [outcome] = await runRows([{ call: "it", ...row }], null, unserved);
    if (outcome === undefined) throw new Error("no outcome");
    return outcome;
  };
  const fail = (status: number) => (): never => {
    throw Object.assign(new Error("no"), { status });
  };
  const known = { whose: "stranger", because: "it is so", expect: 2 } as const;

  it.each<[string, unknown, unknown]>([
    ["a value", 1, 1],
    ["some properties of an object", { a: { b: 1, c: 2 }, d: 3 }, { a: { b: 1 } }],
    ["properties of a class", new URL("http://h/x"), { pathname: "/x" }],
    ["a list of the same length", [1, { a: 2, b: 3 }], [1, { a: 2 }]],
    ["an expression", "abc", /^a.c$/],
    ["a test", 5, (value: unknown) => Number(value) > 4],
    ["nothing", undefined, undefined],
  ])("is as expected: %s", async (_, value, expected) => {
    expect(await judge({ run: () => value, expect: expected })).toEqual({ call: "it", verdict: "same" });
  });

  it.each<[unknown, unknown, string]>([
    [1, "1", "result is 1, not '1'"],
    [{ a: { b: 2 } }, { a: { b: 1 } }, "result.a.b is 2, not 1"],
    [{}, { a: 1 }, "result.a is undefined, not 1"],
    [[1, 2], [1], "result is [ 1, 2 ], not [ 1 ]"],
    [undefined, { a: 1 }, "result is undefined, not { a: 1 }"],
    ["abc", /^b/, "result is 'abc', not /^b/"],
  ])("differs: %j is not %j", async (value, expected, note) => {
    expect(await judge({ run: () => value, expect: expected })).toEqual({ call: "it", verdict: "differs", note });
  });

  it("is expected to fail, or not to", async () => {
    expect(await judge({ run: fail(404), expect: rejects({ status: 404 }) })).toMatchObject({ verdict: "same" });
    expect(await judge({ run: fail(500), expect: rejects({ status: 404 }) })).toMatchObject({
      note: "error.status is 500, not 404",
    });
    expect((await judge({ run: fail(500), expect: 1 })).note).toMatch(/^it fails with Error: no/);
    expect(await judge({ run: () => 1, expect: rejects({}) })).toMatchObject({
      note: "it does not fail, and results in 1",
    });
  });

  it("differs in a known way, until it does so in another one or not at all", async () => {
    expect(await judge({ run: () => 2, expect: 1, differs: known })).toMatchObject({
      verdict: "known",
      note: "stranger: it is so",
    });
    expect((await judge({ run: () => 1, expect: 1, differs: known })).note).toMatch(/no longer differs/);
    expect((await judge({ run: () => 3, expect: 1, differs: known })).note).toMatch(/another way.*3, not 2/);
  });

  it("that the server has no route for is told apart from one that fails", async () => {
    const unserved = (error: unknown): boolean => error instanceof Error && Reflect.get(error, "status") === 405;
    expect(await judge({ run: fail(405), expect: 1 }, unserved)).toMatchObject({ verdict: "unserved" });
    expect(await judge({ run: fail(500), expect: 1 }, unserved)).toMatchObject({ verdict: "differs" });
  });
});

describe("a cell", () => {
  const cellThat = (run: Cell["run"]): Cell => ({ name: "theirs", group: "go", about: "", run });
  const outcomeOf = (run: Cell["run"]) => prove(cellThat(run), folder, folder);
  const same: CallOutcome = { call: "a", verdict: "same" };

  it("whose tool is missing is not run, which fails only where all have to run", async () => {
    const outcome = await outcomeOf(() => Promise.reject(new NotRun("no python3; install it")));
    expect([isFailure(outcome, false), isFailure(outcome, true)]).toEqual([false, true]);
    expect(formatOutcome(outcome)).toBe("  - theirs           not run: no python3; install it");
    expect(formatMarkdown([outcome])).toContain("| theirs | 0 | 0 | 0 | 0 | 0 | not run |");
  });

  it("fails with a call that differs, and with anything that keeps it from its end", async () => {
    const differing = await outcomeOf(() =>
      Promise.resolve([same, { call: "b", verdict: "differs", note: "is 1, not 2" }]),
    );
    expect(isFailure(differing, false)).toBe(true);
    expect(formatOutcome(differing)).toMatch(
      /^ {2}✗ theirs .* s {2}2 calls, 1 same, 1 differ\n {6}differs {2}b: is 1, not 2$/,
    );
    const broken = await outcomeOf(() => Promise.reject(new Error("hfd ended with 2")));
    expect(isFailure(broken, false)).toBe(true);
    expect(formatOutcome(broken)).toContain("failed   hfd ended with 2");
    expect((await outcomeOf(() => Promise.resolve([]))).failure).toBe("it made no call at all");
  });

  it("passes with known differences and calls that are not served, and has a folder of its own", async () => {
    const calls: CallOutcome[] = [same, { call: "b", verdict: "known" }, { call: "c", verdict: "unserved" }];
    const outcome = await outcomeOf((place) =>
      existsSync(place.folder) ? Promise.resolve(calls) : Promise.resolve([]),
    );
    expect(isFailure(outcome, true)).toBe(false);
    expect(formatOutcome(outcome)).toContain("✓ theirs");
    expect(formatOutcome(outcome)).toContain("3 calls, 1 same, 1 known, 1 not served");
  });
});

describe("a stranger's program", () => {
  const options = () => ({ cwd: folder, limit: 20_000 });

  it("that is missing is told by its name", async () => {
    await expect(runStranger("no-such-python", [], options())).rejects.toThrow(
      "no-such-python cannot be started: spawn no-such-python ENOENT",
    );
  });

  it("ends with its code and what it wrote", async () => {
    const both = await script("both.mjs", "console.log('out'); console.error('err'); process.exitCode = 3;");
    const { code, stdout, output } = await runStranger(node, [both], options());
    expect({ code, stdout }).toEqual({ code: 3, stdout: "out\n" });
    expect(output.split("\n").sort()).toEqual(["", "err", "out"]);
  });

  it("that takes too long is ended with all that it started", async () => {
    const child = await script("child.mjs", "setInterval(() => {}, 1000);");
    const parent = await script(
      "parent.mjs",
      `import { spawn } from "node:child_process";
       const child = spawn(process.execPath, [${JSON.stringify(child)}], { stdio: "ignore" });
       console.log(child.pid); setInterval(() => {}, 1000);`,
    );
    const failure: unknown = await runStranger(node, [parent], { cwd: folder, limit: 1_500 }).catch(
      (error: unknown) => error,
    );
    const message = failure instanceof Error ? failure.message : "";
    expect(message).toMatch(/still ran after 1\.5 s and was ended: \d+$/);
    await until(() => !isRunning(Number(/\d+$/.exec(message)?.[0])));
  });

  it("does not outlive the run", async () => {
    const endless = await script("endless.mjs", "console.log(process.pid); setInterval(() => {}, 1000);");
    const stranger = startStranger(node, [endless], { cwd: folder });
    await until(() => stranger.output().includes("\n"));
    endStrangers();
    expect(await stranger.ended).toMatchObject({ code: undefined });
  });

  it("that dies between two calls is told with the last call and its last words", () => {
    const line = JSON.stringify({ call: "whoami", verdict: "same" });
    const died = { code: 139, stdout: `${line}\n{"call": "li`, output: "Segmentation fault" };
    expect(() => toldCalls(died)).toThrow(
      "the program ended with 139 after the call whoami, its 1th: Segmentation fault",
    );
    expect(() => toldCalls({ code: 1, stdout: "", output: "no module" })).toThrow(
      "with 1 before its first call: no module",
    );
    // Not all of its calls were told.
    expect(() => toldCalls({ code: 0, stdout: `${line}\n{"ended": 2}\n`, output: "" })).toThrow("it wrote nothing");
    expect(toldCalls({ code: 0, stdout: `${line}\n{"ended": 1}\n`, output: "" })).toEqual([
      { call: "whoami", verdict: "same" },
    ]);
  });
});

describe("a stranger's server", () => {
  const listening = `import { createServer } from "node:http";
    const server = createServer((request, response) => {
      response.end(String(process.pid));
      if (request.url === "/die") process.exit(2);
    });
    server.on("error", (error) => { console.error(error.message); process.exitCode = 1; });
    server.listen(Number(process.argv[2]), "127.0.0.1");`;
  const serve = async <T>(text: string, port: number, work: () => Promise<T>, startLimit?: number): Promise<T> =>
    await withServer(
      {
        program: node,
        args: [await script("server.mjs", text), String(port)],
        url: `http://127.0.0.1:${port}`,
        cwd: folder,
        ...(startLimit !== undefined && { startLimit }),
      },
      work,
    );
  const visit = async (port: number, path = "/"): Promise<string> =>
    (await fetch(`http://127.0.0.1:${port}${path}`)).text();

  it("runs while the work takes, and no longer", async () => {
    const port = await freePort();
    const pid = Number(await serve(listening, port, () => visit(port)));
    await until(() => !isRunning(pid));
  });

  it("that dies ends the work, however long that would go on", async () => {
    const port = await freePort();
    const work = serve(listening, port, async () => {
      await visit(port, "/die").catch(() => "");
      await sleep(60_000, undefined, { ref: false });
    });
    await expect(work).rejects.toThrow(/ended with 2 while it was needed: it wrote nothing/);
  });

  it("says why it does not start, such as a port that is taken", async () => {
    const taken = createServer((socket) => socket.destroy());
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const { port } = taken.address() as AddressInfo;
    try {
      await expect(serve(listening, port, () => visit(port))).rejects.toThrow(
        new RegExp(`ended with 1 while it was needed: .*EADDRINUSE.*${port}`),
      );
    } finally {
      taken.close();
    }
  });

  it("is not waited for without end", async () => {
    const port = await freePort();
    const silent = "console.log('warming up'); setInterval(() => {}, 1000);";
    await expect(serve(silent, port, () => visit(port), 1_500)).rejects.toThrow(
      `gave no response at http://127.0.0.1:${port} within 1.5 s: warming up`,
    );
  });
});

describe("the session with a server", () => {
  const mock = createMockHub({ seed: 1 });
  /** Says no more than it has to: no codes of errors, and no bodies but where the session needs them. */
  const terse: typeof fetch = async (input, init) => {
    const response = await mock.fetch(input, init);
    const { pathname } = new URL(input instanceof Request ? input.url : input);
    const headers = new Headers(response.headers);
    for (const name of ["x-error-code", "x-error-message", "x-total-count", "x-request-id"]) headers.delete(name);
    if (pathname.includes("/discussions")) return new Response("404 page not found\n", { status: 404 });
    if (response.ok && /\/(branch|tag|super-squash)\/|\/settings$|\/repos\/(move|delete)$/.test(pathname))
      return new Response(null, { status: 200 });
    return new Response(response.body, { status: response.status, headers });
  };

  it("needs nothing of it that is not needed, and tells what it does not serve", async () => {
    const hub = new Hub({ endpoint: mock.url, fetch: terse, token: mock.tokens.write, retries: 0 });
    const odd = (await runRows(session, hub, isUnserved)).filter(({ verdict }) => verdict !== "same");
    expect(odd.map(({ call, verdict }) => [call, verdict])).toEqual([
      ["models.superSquash", "known"],
      ["models.updateSettings", "known"],
      ["discussions.create", "unserved"],
    ]);
  });
});

describe("pnpm prove-interop", () => {
  const root = fileURLToPath(new URL("../..", import.meta.url));
  const tsx = fileURLToPath(import.meta.resolve("tsx/cli"));
  const run = (args: readonly string[]): Promise<{ code: number; output: string }> =>
    new Promise((resolve) => {
      execFile(node, [tsx, "scripts/prove-interop.ts", ...args], { cwd: root }, (error, stdout, stderr) =>
        resolve({ code: error === null ? 0 : 1, output: stdout + stderr }),
      );
    });

  it("lists its cells, and knows no others", async () => {
    const { output } = await run(["--list"]);
    expect(output.split("\n").map((line) => line.trim().split(" ")[0])).toEqual([
      "huggingface-js",
      "mixed-js",
      "huggingface-py",
      "hf-command",
      "hfd",
      "",
    ]);
    const unknown = { code: 1, output: "prove-interop: There is no cell pyton; did you mean python?\n" };
    expect(await run(["pyton"])).toEqual(unknown);
  });
});

it.each([
  ["huggingface-py", /^python3? cannot be started: .* install Python 3\.10 or later$/],
  ["hf-command", /^python3? cannot be started: .* install Python 3\.10 or later$/],
  ["hfd", /^go cannot be started: .* install Go 1\.25 or later$/],
])("the cell %s says which tool is missing, and how to get it", async (name, message) => {
  vi.stubEnv("PATH", folder);
  try {
    const cell = allCells.find((it) => it.name === name);
    const outcome = cell && (await prove(cell, folder, folder));
    expect(outcome).toMatchObject({ calls: [], notRun: expect.stringMatching(message) });
  } finally {
    vi.unstubAllEnvs();
  }
});

it("every call of the Python program has a name of its own", async () => {
  const text = await readFile(new URL("../interop/programs/calls.py", import.meta.url), "utf8");
  const names = [...text.matchAll(/^ {4}\("([^"]+)", lambda/gm)].map(([, name]) => name);
  expect(names.length).toBeGreaterThanOrEqual(120);
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
});
