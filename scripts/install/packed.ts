import { mkdir, readdir, rename } from "node:fs/promises";
import { join, relative } from "node:path";
import { command } from "../cli/command.js";
import { isObject, type Json, type JsonObject } from "../document/document.js";
import { publicPackages, tarballOf } from "../release/packages.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { whileNaming, type Repository } from "../release/repository.js";

/** A package as it would be published. */
export interface Packed {
  name: string;
  version: string;
  tarball: string;
  manifest: JsonObject;
}

/** Builds and packs what is published. */
export async function packAll(root: string, folder: string, repository?: Repository): Promise<Packed[]> {
  await command("npx", ["-y", "pnpm@12", "run", "build", "--output-logs=errors-only"], { cwd: root });
  return await packBuilt(root, folder, repository);
}

/** Packs what is built. pnpm packs, because it puts versions in the place of `workspace:` ranges. */
export async function packBuilt(root: string, folder: string, repository?: Repository): Promise<Packed[]> {
  await mkdir(folder, { recursive: true });
  const packed: Packed[] = [];
  for (const { name, folder: source } of await publicPackages(root)) {
    const pack = (): Promise<void> => packOne(name, source, folder);
    await (repository === undefined ? pack() : whileNaming(repository, source, relative(root, source), pack));
    packed.push(await readPacked(folder, name));
  }
  return packed;
}

async function packOne(name: string, source: string, folder: string): Promise<void> {
  const known = new Set(await readdir(folder));
  await command("npx", ["-y", "pnpm@12", "pack", "--pack-destination", folder], { cwd: source });
  const file = (await readdir(folder)).find((it) => !known.has(it));
  if (file === undefined) throw new PipelineError(`pnpm packed nothing for ${name}.`);
  await rename(join(folder, file), join(folder, tarballOf(name)));
}

/** What a folder holds of a package. */
async function readPacked(folder: string, name: string): Promise<Packed> {
  const { output } = await command("tar", ["-xzOf", tarballOf(name), "package/package.json"], { cwd: folder });
  const manifest = JSON.parse(output) as Json;
  if (!isObject(manifest)) throw new PipelineError(`${name} was packed without a package.json that npm could read.`);
  return { name, version: String(manifest["version"]), tarball: join(folder, tarballOf(name)), manifest };
}
