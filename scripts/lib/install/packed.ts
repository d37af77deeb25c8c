import { mkdir, readdir, rename } from "node:fs/promises";
import { join } from "node:path";
import { command } from "../command.js";
import { isObject, type Json, type JsonObject } from "../document.js";
import { publicPackages } from "../packages.js";
import { PipelineError } from "../pipeline-error.js";

/** A package as it would be published. */
export interface Packed {
  name: string;
  version: string;
  tarball: string;
  manifest: JsonObject;
}

/** The file that a package is packed into, whatever its version. */
export const tarballOf = (name: string): string => `${name.replace("@", "").replace("/", "-")}.tgz`;

/** Builds and packs what is published. pnpm packs, because it puts versions in the place of `workspace:` ranges. */
export async function packAll(root: string, folder: string): Promise<Packed[]> {
  await command("npx", ["-y", "pnpm@12", "run", "build", "--output-logs=errors-only"], { cwd: root });
  await mkdir(folder, { recursive: true });
  const packed: Packed[] = [];
  for (const { name, folder: source } of await publicPackages(root)) {
    const known = new Set(await readdir(folder));
    await command("npx", ["-y", "pnpm@12", "pack", "--pack-destination", folder], { cwd: source });
    const file = (await readdir(folder)).find((it) => !known.has(it));
    if (file === undefined) throw new PipelineError(`pnpm packed nothing for ${name}.`);
    const tarball = join(folder, tarballOf(name));
    await rename(join(folder, file), tarball);
    const { output } = await command("tar", ["-xzOf", tarballOf(name), "package/package.json"], { cwd: folder });
    const manifest = JSON.parse(output) as Json;
    if (!isObject(manifest)) throw new PipelineError(`${name} was packed without a package.json that npm could read.`);
    packed.push({ name, version: String(manifest["version"]), tarball, manifest });
  }
  return packed;
}
