import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { NotRun, type Workplace } from "./cell.js";
import { lastOf, MissingProgram, runStranger, type Finished } from "./stranger.js";

/** The newest of its second major version. */
const requirement = "huggingface_hub>=2,<3";

export interface Python {
  /** Runs a program of the environment's own `bin`, against the Hub at this URL. */
  run(program: string, args: readonly string[], hub: { url: string; token: string }): Promise<Finished>;
}

/** A virtual environment with huggingface_hub, made once for all cells of a run. */
export async function pythonWithHub({ folder }: Workplace): Promise<Python> {
  const environment = join(folder, "..", "python");
  const isWindows = process.platform === "win32";
  const bin = join(environment, isWindows ? "Scripts" : "bin");
  const env = { ...withoutSettings(process.env), PATH: [bin, process.env["PATH"]].join(delimiter) };
  if (!existsSync(join(environment, "made"))) {
    const python = isWindows ? "python" : "python3";
    await step(python, ["-c", "import sys; sys.exit(sys.version_info < (3, 10))"], "Python 3.10 or later is needed");
    await step(python, ["-m", "venv", environment], "Python cannot make a virtual environment (Debian: python3-venv)");
    const pip = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", requirement];
    await step(join(bin, "python"), pip, `pip cannot install ${requirement}`);
    await step(
      join(bin, "python"),
      ["-c", `open(r"${join(environment, "made")}", "w").close()`],
      "Python cannot write",
    );
  }

  async function step(program: string, args: readonly string[], failure: string): Promise<void> {
    const { code, output } = await runStranger(program, args, { cwd: folder, env, limit: 300_000 }).catch(notThere);
    if (code !== 0) throw new NotRun(`${failure}: ${lastOf(output)}`);
  }

  return {
    run: (program, args, { url, token }) =>
      runStranger(join(bin, program), args, {
        cwd: folder,
        limit: 180_000,
        env: {
          ...env,
          HF_ENDPOINT: url,
          HF_TOKEN: token,
          HF_HOME: join(folder, "home"),
          HF_HUB_DISABLE_TELEMETRY: "1",
          HF_HUB_DISABLE_PROGRESS_BARS: "1",
          HF_HUB_DISABLE_UPDATE_CHECK: "1",
          // The mock Hub takes large files by LFS alone.
          HF_HUB_DISABLE_XET: "1",
          PYTHONUNBUFFERED: "1",
          PYTHONUTF8: "1",
          NO_COLOR: "1",
        },
      }),
  };
}

function notThere(error: unknown): never {
  if (!(error instanceof MissingProgram)) throw error;
  throw new NotRun(`${error.message}; install Python 3.10 or later`);
}

/** Nobody's token, cache or environment. */
const withoutSettings = (env: NodeJS.ProcessEnv): NodeJS.ProcessEnv =>
  Object.fromEntries(
    Object.entries(env).filter(([name]) => !/^(HF_|HUGGING|PYTHONPATH|PYTHONHOME|VIRTUAL_ENV)/.test(name)),
  );
