import { rm, writeFile } from "node:fs/promises";
import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import { Stop, type Part } from "../cli/refusals.js";

interface Chapter {
  title: string;
  advice: string;
}

export const chapters: Record<Part, Chapter> = {
  document: {
    title: "The document",
    advice:
      "The document was refused as a whole. While the Hub is in trouble, wait: a later run goes on by itself. If the change is meant, run `npx -y pnpm@12 regenerate --accept-loss` and say so in the commit.",
  },
  overlay: {
    title: "Corrections",
    advice:
      "An action in `spec/overlay/` states what it expects upstream, and that is no longer so. If upstream has repaired it, delete the action; if it looks different now, correct what the action states.",
  },
  names: {
    title: "Names of operations",
    advice:
      "In `spec/names.yaml`, move the line of an operation that moved, and delete that of one that is gone; its method goes with it.",
  },
  shapes: {
    title: "Named shapes",
    advice: "Correct the rule in `spec/shapes.yaml`. Deleting one is a break for those who import the type.",
  },
  fields: { title: "Words for fields", advice: "In `spec/fields.yaml`, correct the name of the field or delete it." },
};

/**
 * Title and text of an issue about a run that stopped: everything that is wrong, and what to do. Nothing in the title
 * comes from the document, and everything in the text that does is quoted.
 */
export function stopReport(error: PipelineError, part: Part, news: string | undefined): string {
  const parts: ReadonlyMap<Part, readonly string[]> =
    error instanceof Stop ? error.parts : new Map([[part, [error.message, ...error.reasons]]]);
  const sections = [...parts].map(([key, sentences]) => {
    const lines = sentences.map((sentence) => `- ${quote(sentence, 1000)}\n`).join("");
    return `## ${chapters[key].title}\n\n${lines}\n${chapters[key].advice}\n`;
  });
  const titles = [...parts.keys()].map((key) => chapters[key].title.toLowerCase());
  return [
    `The Hub's API is not followed at present: ${titles.join(", ")}\n`,
    "The daily run stopped, and wrote nothing. Until this is settled, no change of the Hub's API becomes a pull request.\n",
    ...sections,
    ...(news === undefined ? [] : [`## What changed upstream\n\n${news}`]),
    "## What to do\n\n1. On a new branch, run `npx -y pnpm@12 regenerate`; it shows the same.\n2. Settle each point, until it runs through.\n3. Merge. The next run closes this issue; the workflow can be started by hand as well.\n",
  ].join("\n");
}

/** Does the work of a script; if it is refused, the report says so in a file, which is gone otherwise. */
export async function reporting(
  file: string | undefined,
  part: Part,
  news: () => string | undefined,
  work: () => Promise<void>,
): Promise<void> {
  if (file === undefined) return await work();
  try {
    await work();
    await rm(file, { force: true });
  } catch (error) {
    if (error instanceof PipelineError) await writeFile(file, stopReport(error, part, news()));
    throw error;
  }
}
