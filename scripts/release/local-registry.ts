import { spawn, type ChildProcess } from "node:child_process";
import { mkdir, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { command } from "../cli/command.js";
import { PipelineError } from "../cli/pipeline-error.js";

/** A registry on this machine that takes our packages and passes all others through from npm. */
export interface LocalRegistry {
  url: string;
  close(): void;
}

// The newest that runs on the oldest Node we support. Too heavy to be installed by everyone who clones this.
const version = "6.8.0";

export async function startRegistry(cache: string, folder: string): Promise<LocalRegistry> {
  await mkdir(cache, { recursive: true });
  // One of its dependencies is requested by a tag that not every registry has.
  const manifest = { private: true, dependencies: { verdaccio: version }, overrides: { "node-fetch": "2.7.0" } };
  await writeFile(join(cache, "package.json"), JSON.stringify(manifest));
  await command("npm", ["install", "--ignore-scripts", "--no-audit", "--no-fund", "--prefer-offline"], { cwd: cache });
  await mkdir(folder, { recursive: true });
  const config = join(folder, "config.yaml");
  const { output: uplink } = await command("npm", ["config", "get", "registry"], { cwd: cache });
  await writeFile(config, configuration(uplink));
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  const program = join(cache, "node_modules/verdaccio/bin/verdaccio");
  const child = spawn(process.execPath, [program, "--config", config, "--listen", `127.0.0.1:${port}`], {
    cwd: folder,
    stdio: "ignore",
  });
  await untilReady(`${url}-/ping`, child);
  return { url, close: () => void child.kill() };
}

const configuration = (uplink: string): string => `storage: ./storage
auth: { htpasswd: { file: ./htpasswd, max_users: 1 } }
uplinks: { npm: { url: "${uplink}" } }
packages:
  "@hf-api/*": { access: $all, publish: $all }
  "**": { access: $all, proxy: npm }
log: { type: stdout, level: error }
`;

async function untilReady(ping: string, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    if (child.exitCode !== null) throw new PipelineError(`The local registry ended with ${child.exitCode}.`);
    const ready = await fetch(ping).then(
      (response) => response.ok,
      () => false,
    );
    if (ready) return;
    await new Promise((resolve) => setTimeout(resolve, 250));
  }
  child.kill();
  throw new PipelineError("The local registry did not start within 30 s.");
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  await new Promise((resolve) => server.close(resolve));
  return typeof address === "object" && address !== null ? address.port : 4873;
}
