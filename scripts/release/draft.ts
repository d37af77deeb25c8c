import { quote } from "../cli/quote.js";
import type { Stop } from "../cli/refusals.js";
import type { OperationAt } from "../document/document.js";
import { chapters } from "./stop-report.js";

/** Stands in the text of a pull request that cannot be merged before a person has decided something. */
export const draftMark = "<!-- hf-api: draft -->";

export const isDraft = (body: string): boolean => body.includes(draftMark);

/** What a person has to decide. */
export interface Decisions {
  /** What no longer fits the document. */
  stop: Stop | undefined;
  /** Operations that the document has lost. */
  lost: readonly OperationAt[];
}

/** The part of a pull request's text with a box for each decision and the choices that there are; empty without any. */
export function decisionsText({ stop, lost }: Decisions): string {
  const parts = [...(stop?.parts ?? [])].map(([part, sentences]) => {
    const { title, advice } = chapters[part];
    return `### ${title}\n\n${boxes(sentences)}\n${advice}\n`;
  });
  const lines = lost.map(({ label }) => `- [ ] ${quote(label, 200)} is no longer in the Hub's document\n`);
  const ofLost = lines.length === 0 ? [] : [`### Lost operations\n\n${lines.join("")}\n${choices}\n`];
  if (parts.length + ofLost.length === 0) return "";
  const checks =
    stop === undefined
      ? "The checks pass as it is."
      : "The types are generated as far as they can be, and the checks stay red until the points below are settled.";
  return [`## Decide\n\n${checks} Tick what you have decided.\n\n${draftMark}\n`, ...parts, ...ofLost].join("\n");
}

const boxes = (sentences: readonly string[]): string =>
  sentences.map((sentence) => `- [ ] ${quote(sentence, 1000).replace(/\s+/g, " ")}\n`).join("");

const choices = `Each stays callable, as an addition that is deprecated. Choose one of these for each:

1. Keep it as undocumented, as long as the Hub serves it: leave it as it is. If the document describes it again, the next run takes the addition back.
2. Remove it, which breaks those who use it: delete its action in \`spec/overlay/lost.yaml\`, its line in \`spec/names.yaml\`, its method and its row, and declare the break in a changeset.
`;
