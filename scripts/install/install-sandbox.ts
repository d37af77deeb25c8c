import { join } from "node:path";
import type { Cell, Outcome } from "./cell.js";
import { entriesOf, type Entry } from "./entries.js";
import { outsideEnvironment } from "./environment.js";
import { npmInstall } from "./cells/package-managers.js";
import { startMock } from "./mock-process.js";
import type { Packed } from "./packed.js";
import { makeProject, pointAt } from "./project.js";
import { runStep } from "./run-step.js";
import type { TarballRegistry } from "./tarball-registry.js";

const limit = 180_000;

/** Where the cells are proved: a folder outside of the workspace, with a project for each. */
export class InstallSandbox {
  readonly #folder: string;
  readonly #registry: TarballRegistry;
  readonly #packages: readonly string[];
  readonly #entries: readonly Entry[];
  /** Where all packages come from that are not ours. */
  readonly #upstream: string;
  readonly #env: NodeJS.ProcessEnv;
  readonly #fetched = new Map<string, Promise<string | undefined>>();
  #base: Promise<string> | undefined;

  constructor(folder: string, root: string, packed: readonly Packed[], registry: TarballRegistry, upstream: string) {
    this.#folder = folder;
    this.#registry = registry;
    this.#upstream = upstream;
    this.#packages = packed.map(({ name }) => name);
    this.#entries = packed.flatMap(entriesOf);
    this.#env = outsideEnvironment(process.env, root);
  }

  async prove(cell: Cell): Promise<Outcome> {
    const started = performance.now();
    const proof = await this.#steps(cell).catch((error: unknown) => ({ passed: false, said: String(error) }));
    return { cell, ...proof, seconds: (performance.now() - started) / 1000 };
  }

  async #steps(cell: Cell): Promise<Pick<Outcome, "passed" | "said">> {
    const base = cell.installed || cell.callsHub === true ? await this.#installed() : undefined;
    const folder = await this.#project(cell.name, cell.files, cell.installed ? base : undefined);
    const mock = cell.callsHub === true && base !== undefined ? await startMock(base, this.#env) : undefined;
    try {
      if (mock !== undefined) await pointAt(folder, mock.target);
      let said = "";
      for (const step of cell.steps) {
        const missing = await this.#fetch(step);
        if (missing !== undefined) return { passed: false, said: missing };
        const { passed, output, result } = await runStep(step, folder, this.#env, limit);
        if (!passed) return { passed, said: output };
        said = result;
      }
      if (!cell.installed) this.#refuseStrangers(cell.name);
      return { passed: true, said };
    } finally {
      mock?.close();
    }
  }

  /** A package of the same name and version that lies elsewhere would prove nothing. */
  #refuseStrangers(project: string): void {
    const taken = this.#registry.takenBy(project);
    const strangers = this.#packages.filter((name) => !taken.includes(name));
    if (strangers.length > 0) throw new Error(`not the packed files were installed of ${strangers.join(", ")}`);
  }

  /** The project that npm installed everything into, for the cells that prove something else than the install. */
  #installed(): Promise<string> {
    return (this.#base ??= this.#install());
  }

  async #install(): Promise<string> {
    const folder = await this.#project("base");
    const step = npmInstall([...this.#packages, "@types/node@20"]);
    const { passed, output } = await runStep(step, folder, this.#env, limit);
    if (!passed) throw new Error(`npm cannot install the packages: ${output}`);
    this.#refuseStrangers("base");
    return folder;
  }

  async #project(name: string, files?: Cell["files"], base?: string): Promise<string> {
    const folder = join(this.#folder, name);
    const registry = this.#registry.urlFor(name);
    await makeProject({ folder, registry, upstream: this.#upstream, entries: this.#entries, files, base });
    return folder;
  }

  /** Lets npx get a program once, as two that get the same at the same time disturb each other. */
  #fetch(step: string): Promise<string | undefined> {
    const wanted = /^npx -y (?:-p )?(\S+)/.exec(step)?.[1];
    if (wanted === undefined) return Promise.resolve(undefined);
    const known = this.#fetched.get(wanted);
    if (known !== undefined) return known;
    const get = runStep(`npx -y -p ${wanted} node -e 0`, this.#folder, this.#env, limit);
    const fetched = get.then(({ passed, output }) => (passed ? undefined : `npx cannot get ${wanted}: ${output}`));
    this.#fetched.set(wanted, fetched);
    return fetched;
  }
}
