import { existsSync } from "node:fs";
import { join, resolve } from "node:path";
import { readArguments, run } from "./cli/cli.js";
import { command } from "./cli/command.js";
import { readPacked, tarballOf } from "./install/packed.js";
import { isVersioned, publicPackages, tagOf, type PublicPackage } from "./release/packages.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { checkRepository, repositoryOf } from "./release/repository.js";

const usage = `Usage: pnpm publish-release --from <folder> [options]

Publishes what pnpm pack-release packed there and the registry does not have. The registry trusts the workflow that runs
this, so there is no token.

  --registry <url>   another registry, which cannot check where a package comes from
`;

const root = process.cwd();

async function main(): Promise<void> {
  const { values: options } = readArguments("publish-release", {
    from: { type: "string" },
    registry: { type: "string" },
  });
  if (options.help) return void process.stdout.write(usage);
  if (options.from === undefined) throw new PipelineError("Name a folder; see pnpm publish-release --help.");
  const folder = resolve(options.from);
  const packages = (await publicPackages(root)).filter(isVersioned);
  for (const { name, version } of packages) {
    const file = join(folder, tarballOf(name));
    if (!existsSync(file)) throw new PipelineError(`${file} is missing; run pnpm pack-release --to ${options.from}.`);
    const packed = await readPacked(folder, name);
    if (packed.version !== version) throw new PipelineError(`${file} holds version ${packed.version}, not ${version}.`);
    // npm asks the same, after half of a release is out.
    if (options.registry === undefined) checkRepository(name, packed.manifest, repositoryOf(process.env));
  }
  const registry = options.registry === undefined ? [] : ["--registry", options.registry];
  for (const it of packages) {
    if (await isPublished(it, registry)) say(`${tagOf(it)} is there already`);
    else await publish(it, registry, join(folder, tarballOf(it.name)));
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

/** npm publishes, because the registry trusts it by OIDC. */
async function publish(it: PublicPackage, registry: string[], tarball: string): Promise<void> {
  const provenance = registry.length === 0 ? "--provenance" : "--no-provenance";
  const args = ["publish", tarball, "--access", "public", provenance, "--ignore-scripts", ...registry];
  await command("npm", args, { cwd: root });
  say(`published ${tagOf(it)}`);
}

const say = (text: string): void => void process.stdout.write(`  publish  ${text}\n`);

await run("publish-release", main);
