import { changelog, headline, type PackageKey } from "../diff/changelog.js";
import type { Description } from "../diff/describe.js";
import { bumpFor, packageNames, type Versions } from "./bump.js";

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
export function changesets(description: Description, step: Step, versions: Versions): Map<string, string> {
  const keys = (["raw", "hub"] as const).filter((key) => description[key] !== "none");
  return new Map(keys.map((key) => [changesetName(step, key), changesetText(description, key, versions[key])]));
}

function changesetText({ changes, ...severities }: Description, key: PackageKey, version: string): string {
  const text = changelog(changes, key);
  const onlyRaw = "Takes the new types of `@hf-api/raw`; calls stay as they are.\n";
  return `---\n"${packageNames[key]}": ${bumpFor(severities[key], version)}\n---\n\n${sentence(changes, key)}\n\n${text === "" ? onlyRaw : text}`;
}

const sentence = (changes: Description["changes"], key: PackageKey): string =>
  `The Hub's API changed (${headline(changes.filter((change) => change[key] !== "none"))}).`;

/** Title and body of the pull request. Nothing in the title comes from the document: commits carry it too. */
export function pullRequestText(
  { changes, ...severities }: Description,
  versions: Versions,
): { title: string; body: string } {
  const [raw, hub] = (["raw", "hub"] as const).map((key) => {
    const bump = bumpFor(severities[key], versions[key]);
    if (bump === "none") return "no release";
    return severities[key] === "major" && bump !== "major" ? `${bump}, breaking` : bump;
  });
  const hubText = changelog(changes, "hub");
  return {
    title: `Follow the Hub's API (${raw}): ${headline(changes)}`,
    body: [
      `| package | release |\n| --- | --- |\n| \`@hf-api/raw\` | ${raw} |\n| \`@hf-api/hub\` | ${hub} |\n`,
      `## What changes in the types\n\n${changelog(changes, "raw") || "Nothing.\n"}`,
      `## What callers of the methods notice\n\n${hubText || "Nothing.\n"}`,
      "SEVERITY.md in `scripts/` tells how the releases are decided. Closes by itself if the Hub goes back.\n",
    ].join("\n"),
  };
}
