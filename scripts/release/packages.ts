import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { isObject, type Json } from "../document/document.js";

/** A package that is published. */
export interface PublicPackage {
  name: string;
  version: string;
  folder: string;
}

/** What is published, those first that others depend on. */
export async function publicPackages(root: string): Promise<PublicPackage[]> {
  const folder = join(root, "packages");
  const found = await Promise.all(
    (await readdir(folder)).sort().map(async (name) => {
      const text = await readFile(join(folder, name, "package.json"), "utf8").catch(() => "{}");
      return { folder: join(folder, name), manifest: JSON.parse(text) as Json };
    }),
  );
  const packages = found.flatMap(({ folder: at, manifest }) => {
    if (!isObject(manifest) || manifest["private"] === true || typeof manifest["name"] !== "string") return [];
    const needs = isObject(manifest["dependencies"]) ? Object.keys(manifest["dependencies"]) : [];
    return [{ name: manifest["name"], version: String(manifest["version"]), folder: at, needs }];
  });
  const own = new Set(packages.map(({ name }) => name));
  const depth = (name: string): number => {
    const needs = packages.find((it) => it.name === name)?.needs.filter((need) => own.has(need)) ?? [];
    return 1 + Math.max(0, ...needs.map(depth));
  };
  return packages
    .sort((a, b) => depth(a.name) - depth(b.name) || (a.name < b.name ? -1 : 1))
    .map(({ name, version, folder: at }) => ({ name, version, folder: at }));
}

/** A package that was never versioned is not yet anybody's. */
export const isVersioned = ({ version }: Pick<PublicPackage, "version">): boolean => version !== "0.0.0";

export const tagOf = ({ name, version }: Pick<PublicPackage, "name" | "version">): string => `${name}@${version}`;

/** The file that a package is packed into, whatever its version. */
export const tarballOf = (name: string): string => `${name.replace("@", "").replace("/", "-")}.tgz`;

/** What is to be published, for a shell to read: a version and its file a line, in the order given. */
export function versionList(packages: readonly Pick<PublicPackage, "name" | "version">[]): string {
  return packages
    .filter(isVersioned)
    .map((it) => `${tagOf(it)} ${tarballOf(it.name)}\n`)
    .join("");
}
