import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { readArguments, run } from "./lib/cli.js";
import { command } from "./lib/command.js";
import { isVersioned, publicPackages, tagOf, type PublicPackage } from "./lib/packages.js";
import { PipelineError } from "./lib/pipeline-error.js";

const usage = `Usage: pnpm publish-release [options]

Publishes the built packages whose version the registry does not have. The registry trusts the workflow that runs
this, so there is no token.

  --registry <url>   another registry, which cannot check where a package comes from
`;

const root = fileURLToPath(new URL("..", import.meta.url));

async function main(): Promise<void> {
  const { values: options } = readArguments("publish-release", { registry: { type: "string" } });
  if (options.help) return void process.stdout.write(usage);
  const registry = options.registry === undefined ? [] : ["--registry", options.registry];
  const folder = await mkdtemp(join(tmpdir(), "hf-api-publish-"));
  try {
    for (const it of (await publicPackages(root)).filter(isVersioned)) {
      if (await isPublished(it, registry)) say(`${tagOf(it)} is there already`);
      else await publish(it, registry, folder);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

async function isPublished(it: PublicPackage, registry: string[]): Promise<boolean> {
  const { code, output } = await command("npm", ["view", tagOf(it), "version", "--json", ...registry], {
    cwd: root,
    accept: [0, 1],
  });
  if (code === 0) return output !== "";
  if (!/E404/.test(output))
    throw new PipelineError(`The registry does not say whether it has ${tagOf(it)}: ${output.slice(0, 300)}`);
  return false;
}

/** pnpm packs, because it knows the workspace's versions; npm publishes, because the registry trusts it by OIDC. */
async function publish(it: PublicPackage, registry: string[], folder: string): Promise<void> {
  const known = new Set(await readdir(folder));
  await command("npx", ["-y", "pnpm@12", "pack", "--pack-destination", folder], { cwd: it.folder });
  const tarball = (await readdir(folder)).find((file) => !known.has(file));
  if (tarball === undefined) throw new PipelineError(`pnpm packed nothing for ${tagOf(it)}.`);
  const provenance = registry.length === 0 ? "--provenance" : "--no-provenance";
  const args = ["publish", join(folder, tarball), "--access", "public", provenance, "--ignore-scripts", ...registry];
  await command("npm", args, { cwd: root });
  say(`published ${tagOf(it)}`);
}

const say = (text: string): void => void process.stdout.write(`  publish  ${text}\n`);

await run("publish-release", main);
