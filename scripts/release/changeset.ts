import { changelog, headline, type PackageKey } from "../diff/changelog.js";
import type { Description } from "../diff/describe.js";
import type { Severity } from "../diff/severity.js";

const packages: Record<PackageKey, string> = { raw: "@hf-api/raw", hub: "@hf-api/hub" };

/** From which document to which, by their fingerprints. */
export interface Step {
  before: string;
  after: string;
}

/** Names the step, so that the same step has the same file on every run, and the way back is known as such. */
export function changesetName({ before, after }: Step, key: PackageKey): string {
  return `hub-${before.slice(0, 8)}-to-${after.slice(0, 8)}-${key}.md`;
}

/** One changeset for each package that is bumped, by file name. */
export function changesets(description: Description, step: Step): Map<string, string> {
  const keys = (["raw", "hub"] as const).filter((key) => description[key] !== "none");
  return new Map(keys.map((key) => [changesetName(step, key), changesetText(description, key)]));
}

function changesetText({ changes, ...bumps }: Description, key: PackageKey): string {
  const text = changelog(changes, key);
  const onlyRaw = "Takes the new types of `@hf-api/raw`; calls stay as they are.\n";
  return `---\n"${packages[key]}": ${bumps[key]}\n---\n\n${sentence(changes, key)}\n\n${text === "" ? onlyRaw : text}`;
}

const sentence = (changes: Description["changes"], key: PackageKey): string =>
  `The Hub's API changed (${headline(changes.filter((change) => change[key] !== "none"))}).`;

/** Title and body of the pull request. Nothing in the title comes from the document: commits carry it too. */
export function pullRequestText({ raw, hub, changes }: Description): { title: string; body: string } {
  const bump = (severity: Severity): string => (severity === "none" ? "no release" : severity);
  const hubText = changelog(changes, "hub");
  return {
    title: `Follow the Hub's API (${bump(raw)}): ${headline(changes)}`,
    body: [
      `| package | release |\n| --- | --- |\n| \`@hf-api/raw\` | ${bump(raw)} |\n| \`@hf-api/hub\` | ${bump(hub)} |\n`,
      `## What changes in the types\n\n${changelog(changes, "raw") || "Nothing.\n"}`,
      `## What callers of the methods notice\n\n${hubText || "Nothing.\n"}`,
      "SEVERITY.md in `scripts/` tells how the releases are decided. Closes by itself if the Hub goes back.\n",
    ].join("\n"),
  };
}
