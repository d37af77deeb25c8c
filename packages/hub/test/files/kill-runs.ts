import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, realpath, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, expect } from "vitest";
import { Hub } from "../../src/hub.js";
import { downloadFolder, downloadTo, snapshot } from "../../src/node/index.js";
import { isPartialFile } from "../../src/node/file-system/partial-file.js";
import { isSame, someBytes } from "../servers/file-server.js";
import type { KilledRun } from "./killed-run.js";

const repo = "ada/killed";
const files: Record<string, Uint8Array<ArrayBuffer>> = {
  "data/weights.bin": someBytes(5_000_001),
  "data/more.bin": someBytes(2_000_003, 3),
  "README.md": new TextEncoder().encode("# Readme"),
};

/** Runs that are killed in processes of their own, and the runs after them in this one. */
export class KillRuns {
  readonly #endpoint: string;
  readonly #token: string;
  readonly #script: string;
  readonly #hub: Hub;
  /** The ranges that the hub was requested in this process, by file. */
  #ranges: [path: string, range: string | null][] = [];

  private constructor(endpoint: string, token: string, script: string) {
    this.#endpoint = endpoint;
    this.#token = token;
    this.#script = script;
    const fetch: typeof globalThis.fetch = (url, init) => {
      const path = /\/resolve\/[^/]+\/([^?]*)/.exec(String(url))?.[1];
      if (path !== undefined) this.#ranges.push([decodeURIComponent(path), new Headers(init?.headers).get("range")]);
      return globalThis.fetch(url, init);
    };
    this.#hub = new Hub({ endpoint, token, fetch });
  }

  /** For the tests of one file. */
  static use(): () => KillRuns {
    let runs: KillRuns | undefined;
    let end: () => Promise<void> = async () => undefined;
    beforeAll(async () => {
      const place = await mkdtemp(join(tmpdir(), "killed-"));
      const mock = createMockHub({ seed: 1 });
      const server = await listen(mock);
      end = async () => {
        await server.close();
        await rm(place, { recursive: true });
      };
      runs = new KillRuns(server.url, mock.tokens.write, join(place, "run.mjs"));
      await runs.#hub.repos.create({ repo });
      const all = Object.entries(files).map(([path, content]) => ({ path, content }));
      await runs.#hub.models.files.upload({ repo, files: all });
      await runs.#buildScript();
    });
    afterAll(() => end());
    return () => {
      if (runs === undefined) throw new Error("the server has not started");
      return runs;
    };
  }

  async #buildScript(): Promise<void> {
    const { outputFiles } = await build({
      entryPoints: [join(import.meta.dirname, "killed-run.ts")],
      bundle: true,
      platform: "node",
      format: "esm",
      write: false,
    });
    await writeFile(this.#script, outputFiles[0]?.contents ?? "");
  }

  /** How many steps a run has that nobody kills. */
  async countSteps(kind: KilledRun["kind"]): Promise<number> {
    const folder = await mkdtemp(join(tmpdir(), "killed-"));
    try {
      const { text, signal } = await this.#start({ kind, step: 0, folder });
      expect(signal).toBe(null);
      return Number(text);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  async #start(part: Pick<KilledRun, "kind" | "step" | "folder">): Promise<{ text: string; signal: string | null }> {
    const run: KilledRun = { endpoint: this.#endpoint, token: this.#token, repo, path: "data/weights.bin", ...part };
    const child = spawn(process.execPath, [this.#script, JSON.stringify(run)], {
      stdio: ["ignore", "pipe", "inherit"],
    });
    let text = "";
    child.stdout.on("data", (chunk: Buffer) => (text += chunk.toString()));
    const [, signal] = (await once(child, "close")) as [number | null, string | null];
    return { text, signal };
  }

  /** Kills a run at a step, or earlier: bytes arrive in more or fewer parts, so a run can end before a counted step. */
  async #kill(kind: KilledRun["kind"], step: number, folder: string): Promise<void> {
    for (let earlier = step; earlier > 0; earlier = Math.floor(earlier * 0.9)) {
      const { signal } = await this.#start({ kind, step: earlier, folder });
      if (signal === "SIGKILL") return;
      for (const name of await readdir(folder)) await rm(join(folder, name), { recursive: true });
    }
    throw new Error(`no run of a ${kind} was killed at step ${step} or earlier`);
  }

  /** Kills a run at a step, and checks that the next one needs only what is missing and leaves nothing else behind. */
  async check(kind: KilledRun["kind"], step: number): Promise<void> {
    const folder = await realpath(await mkdtemp(join(tmpdir(), "killed-")));
    try {
      await this.#kill(kind, step, folder);
      const there = await this.#state(kind, folder);
      this.#ranges = [];
      const path = await this.#goOn(kind, folder);
      const wanted = kind === "file" ? { "data/weights.bin": files["data/weights.bin"] } : files;
      for (const [name, content] of Object.entries(wanted)) {
        const found = await readFile(join(path, name));
        expect(isSame(found, content ?? new Uint8Array()), name).toBe(true);
        const asked = this.#ranges.filter(([of]) => of === name).map(([, range]) => range);
        const had = there.get(name) ?? 0;
        const size = content?.length ?? 0;
        // Where all bytes were there, a file without an expected size asks for its last one.
        if (had === 0) expect(asked).toEqual([null]);
        else if (had < size) expect(asked).toEqual([`bytes=${had}-`]);
        else if (kind === "file" && !there.has(`${name} is whole`)) expect(asked.at(-1)).toBe(`bytes=${size - 1}-`);
        else if (kind !== "file") expect(asked).toEqual([]);
      }
      const left = await readdir(folder, { recursive: true });
      expect(left.filter((name) => isPartialFile(basename(name)) || name.endsWith(".lock"))).toEqual([]);
    } finally {
      await rm(folder, { recursive: true });
    }
  }

  /** How many bytes the killed run has left of each file; under its own name, there is none or all of it. */
  async #state(kind: KilledRun["kind"], folder: string): Promise<Map<string, number>> {
    const state = new Map<string, number>();
    const entries = await readdir(folder, { recursive: true, withFileTypes: true });
    const partials: { path: string; size: number }[] = [];
    for (const entry of entries) {
      const path = join(entry.parentPath, entry.name);
      if (entry.isFile() && isPartialFile(entry.name)) partials.push({ path, size: (await stat(path)).size });
    }
    for (const [name, content] of Object.entries(files)) {
      const begun = await Promise.all(
        partials.map(async ({ path, size }) => {
          const bytes = await readFile(path);
          return size > 0 && isSame(bytes, content.subarray(0, size)) ? size : 0;
        }),
      );
      let most = Math.max(0, ...begun);
      for (const entry of entries) {
        if (!entry.isFile() || isPartialFile(entry.name)) continue;
        const bytes = await readFile(join(entry.parentPath, entry.name));
        if (isSame(bytes, content)) most = content.length;
        else if (bytes.length > 0 && bytes.length < content.length) {
          expect(isSame(bytes, content.subarray(0, bytes.length)), `a half of ${name}`).toBe(false);
        }
        if (isSame(bytes, content)) state.set(`${name} is whole`, 1);
      }
      state.set(name, most);
    }
    // A file that is whole is not resumed.
    return state;
  }

  async #goOn(kind: KilledRun["kind"], folder: string): Promise<string> {
    if (kind === "snapshot") return (await snapshot(this.#hub.models, { repo }, { cache: folder })).path;
    if (kind === "folder") await downloadFolder(this.#hub.models, { repo }, folder);
    else await downloadTo(this.#hub.models, { repo, path: "data/weights.bin" }, join(folder, "data/weights.bin"));
    return folder;
  }
}
