import { appendFile, writeFile } from "node:fs/promises";
import { PipelineError } from "../cli/pipeline-error.js";
import { step } from "../cli/step.js";
import { changelog } from "../diff/changelog.js";
import { withKnownNames } from "../diff/comparable.js";
import { describe, type Description } from "../diff/describe.js";
import { readHubSurface } from "../diff/hub-surface.js";
import type { Document } from "../document/document.js";
import type { Names } from "../merge/names.js";
import { applyRules } from "../merge/rules.js";
import { readVersions } from "./bump.js";
import { pullRequestText } from "./changeset.js";

/** What a pull request says beside what changed; each may be empty. */
export interface Further {
  /** What a person should look at: a sentence each. */
  remarks?: readonly string[];
  /** What a person has to decide, as a chapter. */
  decisions?: string;
  /** What a person should polish, as a list of boxes. */
  tasks?: string;
}

/** Prints what a change means for the packages, and writes it down for the pull request where one is requested. */
export async function tell(
  root: string,
  description: Description,
  { remarks = [], decisions = "", tasks = "" }: Further = {},
  file?: string,
): Promise<void> {
  const { title, body: text } = pullRequestText(description, await readVersions(root));
  const list = remarks.map((remark) => `- ${remark}\n`).join("");
  const body = [
    ...(decisions === "" ? [] : [decisions]),
    text,
    ...(list === "" ? [] : [`## Please look at\n\n${list}`]),
    ...(tasks === "" ? [] : [`## Before you merge\n\n${polish}\n\n${tasks}`]),
  ].join("\n");
  step("describe", title);
  process.stdout.write(`\n${changelog(description.changes, "raw").replace(/^(?=.)/gm, "    ")}\n`);
  if (file !== undefined) await writeFile(file, `${title}\n\n${body}`);
  const summary = process.env["GITHUB_STEP_SUMMARY"];
  if (summary !== undefined) await appendFile(summary, `# ${title}\n\n${body}`);
}

const polish = "Methods that nobody wrote; they work as they are. Tick what you have looked at.";

/** Shows what changed upstream where the documents cannot be merged, and returns it as a text; undefined if it cannot be told. */
export async function tellUnmerged(
  root: string,
  before: Document,
  after: Document,
  names: Names,
): Promise<string | undefined> {
  try {
    const [from, to] = [before, after].map((document) => withKnownNames(applyRules(document), names));
    const description = await describe(from as Document, to as Document, await readHubSurface(root));
    await tell(root, description);
    return changelog(description.changes, "raw");
  } catch (error) {
    // What stops the run matters more than that its changes cannot be told.
    if (!(error instanceof PipelineError)) throw error;
    step("describe", error.message);
    return undefined;
  }
}
