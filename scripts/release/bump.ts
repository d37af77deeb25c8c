import type { PackageKey } from "../diff/changelog.js";
import type { Severity } from "../diff/severity.js";
import { publicPackages } from "./packages.js";

export const packageNames: Record<PackageKey, string> = { raw: "@hf-api/raw", hub: "@hf-api/hub" };

export type Versions = Record<PackageKey, string>;

/** Both versions as they stand in the repository; one that was never versioned is `0.0.0`. */
export async function readVersions(root: string): Promise<Versions> {
  const packages = await publicPackages(root).catch(() => []);
  const versions = new Map(packages.map(({ name, version }) => [name, version]));
  const versionOf = (key: PackageKey): string => versions.get(packageNames[key]) ?? "0.0.0";
  return { raw: versionOf("raw"), hub: versionOf("hub") };
}

/** Whether a version promises nothing yet beyond what a caret range takes: `^0.2.0` ends before `0.3.0`. */
export const isBeforeStable = (version: string): boolean => version.startsWith("0.");

/** The part of a version that a change bumps: before 1.0.0 a break is a minor release, and everything else a patch. */
export function bumpFor(severity: Severity, version: string): Severity {
  if (severity === "none" || !isBeforeStable(version)) return severity;
  return severity === "major" ? "minor" : "patch";
}

/** The bumps that a changeset declares in its head, by package. */
export function declaredBumps(changeset: string): Map<string, Severity> {
  const head = /^---\r?\n([\s\S]*?)\r?\n---/.exec(changeset)?.[1] ?? "";
  const lines = head.matchAll(/^["']?([^"':]+)["']?: *(major|minor|patch)\s*$/gm);
  return new Map([...lines].map(([, name = "", bump]) => [name, bump as Severity]));
}

/** Whether a bump says that code may have to change: a major one, or before 1.0.0 a minor one. */
export const mayBreak = (bump: Severity, version: string): boolean =>
  bump === "major" || (bump === "minor" && isBeforeStable(version));

/** Whether somebody who had one version may have to change code for the other. */
export function isBreakBetween(then: string, now: string): boolean {
  const [from, to] = [then, now].map((version) => version.split(".").map((part) => Number.parseInt(part, 10)));
  const significant = isBeforeStable(then) ? 2 : 1;
  for (let part = 0; part < significant; part += 1) {
    const [old = 0, next = 0] = [from?.[part], to?.[part]];
    if (old !== next) return next > old;
  }
  return false;
}
