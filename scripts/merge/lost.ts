import { stringify } from "yaml";
import { inlineReferences } from "../document/inline.js";
import { operationsOf, type Document, type JsonObject, type OperationAt } from "../document/document.js";
import { lostFile, type Knowledge } from "./knowledge.js";
import { parseOverlay, type Overlay } from "./overlay.js";

const title = "Operations that the Hub's document no longer describes";
const reason = "The Hub's document described it, and no longer does. Only a person removes a method.";
const guess = "Whether the Hub still serves it.";

/** What is known of the Hub, with the lost operations kept in it. */
export interface Kept {
  knowledge: Knowledge;
  /** Operations that this document has lost. */
  lost: OperationAt[];
  /** Operations that an earlier document had lost, and that this one describes again. */
  returned: OperationAt[];
}

/**
 * Keeps operations that have a name and are gone from the document, as additions that are deprecated: half of what
 * people use is in no document. An addition goes when the document describes the operation again.
 */
export function keepLost(before: Document, after: Document, knowledge: Knowledge): Kept {
  const there = new Set([...operationsOf(after)].map(({ label }) => label));
  const named = ({ method, path }: OperationAt): boolean => knowledge.names[path]?.[method] !== undefined;
  const isLost = (at: OperationAt): boolean => !there.has(at.label) && named(at);
  const isAnyLost = [...operationsOf(before)].some(isLost);
  const lost = isAnyLost ? [...operationsOf(inlineReferences(before).document)].filter(isLost) : [];
  const known = lostActions(knowledge.overlays);
  const returned = [...operationsOf(after)].filter(({ label }) => known.has(label));
  if (lost.length === 0 && returned.length === 0) return { knowledge, lost, returned };
  const kept = new Map([...known].filter(([label]) => !there.has(label)));
  for (const { label, method, path, operation } of lost) {
    const addition = { ...operation, deprecated: true, "x-hf-addition": { lost: true } };
    kept.set(label, {
      target: "$.paths",
      "x-reason": reason,
      "x-guess": guess,
      update: { [path]: { [method]: addition } },
    });
  }
  const others = knowledge.overlays.filter(({ file }) => file !== lostFile);
  const actions = [...kept].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, action]) => action);
  const overlays = actions.length === 0 ? others : [parseOverlay(lostFile, overlayOf(actions)), ...others];
  return { knowledge: { ...knowledge, overlays }, lost, returned };
}

const overlayOf = (actions: JsonObject[]): JsonObject => ({
  overlay: "1.1.0",
  info: { title, version: "1.0.0" },
  actions,
});

/** The actions of the lost operations by label. The file is written here alone, each operation in an action of its own. */
function lostActions(overlays: readonly Overlay[]): Map<string, JsonObject> {
  const own = overlays.find(({ file }) => file === lostFile);
  return new Map(
    (own?.actions ?? []).flatMap((action): [string, JsonObject][] => {
      const paths = action.update as Document["paths"];
      const [at] = operationsOf({ openapi: "3.1.0", paths });
      return at === undefined ? [] : [[at.label, action as unknown as JsonObject]];
    }),
  );
}

/** The file for lost operations; undefined where there are none. */
export async function lostText({ overlays }: Knowledge): Promise<string | undefined> {
  const own = overlays.find(({ file }) => file === lostFile);
  if (own === undefined) return undefined;
  const { format } = await import("prettier");
  const text = stringify(overlayOf(own.actions as unknown as JsonObject[]), {
    aliasDuplicateObjects: false,
    lineWidth: 0,
  });
  return await format(text, { printWidth: 120, parser: "yaml" });
}
