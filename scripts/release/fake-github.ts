import { chmod, mkdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";

export interface FakePull {
  number: number;
  headRefName: string;
  headRefOid: string;
  state: "OPEN" | "MERGED" | "CLOSED";
  /** From a fork, whose branches may have any name. */
  isCrossRepository: boolean;
  isDraft: boolean;
  title: string;
  body: string;
  comments: { body: string; viewerDidAuthor: boolean }[];
}

export interface FakeIssue {
  number: number;
  state: "OPEN" | "CLOSED";
  title: string;
  body: string;
  labels: string[];
}

interface FakeRun {
  workflow: string;
  headSha: string;
  status: string;
  conclusion: string;
}

/** What the fake knows, in a file beside it. */
export interface FakeState {
  pulls: FakePull[];
  issues: FakeIssue[];
  labels: string[];
  runs: FakeRun[];
  /** Responses of `gh api`, by path. */
  api: Record<string, unknown>;
  /** Commands that fail, for example `pr create`. */
  failing: string[];
  /** Everything that changed something, a line each. */
  log: string[];
}

/** A `gh` in a folder of programs, for places where git talks to a bare repository and there is no GitHub. */
export class FakeGitHub {
  readonly folder: string;

  private constructor(folder: string) {
    this.folder = folder;
  }

  static async make(folder: string): Promise<FakeGitHub> {
    await mkdir(folder, { recursive: true });
    const source = await readFile(new URL("fake-gh.ts", import.meta.url), "utf8");
    // As JavaScript, it starts faster; without a package.json around it, Node takes it for CommonJS.
    const { outputText } = ts.transpileModule(source, {
      compilerOptions: { target: ts.ScriptTarget.ES2022, module: ts.ModuleKind.CommonJS },
    });
    await writeFile(join(folder, "gh"), `#!/usr/bin/env node\n${outputText}`);
    await chmod(join(folder, "gh"), 0o755);
    const fake = new FakeGitHub(folder);
    await fake.#write({ pulls: [], issues: [], labels: [], runs: [], api: {}, failing: [], log: [] });
    return fake;
  }

  async state(): Promise<FakeState> {
    return JSON.parse(await readFile(join(this.folder, "state.json"), "utf8")) as FakeState;
  }

  /** What happens on GitHub while no script runs. */
  async change(change: (state: FakeState) => void): Promise<void> {
    const state = await this.state();
    change(state);
    await this.#write(state);
  }

  async #write(state: FakeState): Promise<void> {
    await writeFile(join(this.folder, "state.json"), JSON.stringify(state));
  }
}
