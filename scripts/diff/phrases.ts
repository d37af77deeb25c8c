import type { ChangeKind, Direction } from "./change.js";

/** What a line of the changelog speaks of. Texts are quoted where they come from the document. */
export interface LineParts {
  /** Names of properties, parameters, types. */
  subjects: string;
  /** Whether these are several. */
  many: boolean;
  detail: string;
  /** Where: `in` and operations, or a number of places. */
  where: string;
  /** The operations alone. */
  operations: string;
  /** Undefined where both sides are meant. */
  side: Direction | undefined;
}

type Phrase = (parts: LineParts) => string;

const bySide =
  (input: string, output: string, both: string): Phrase =>
  ({ subjects, where, side }) => {
    const phrase = side === "input" ? input : side === "output" ? output : both;
    return `${phrase.replace("%", () => subjects)}${where}`;
  };

/** How each kind of change is told, in the present tense. */
export const phrases: Record<ChangeKind, Phrase> = {
  "operation-added": ({ operations, detail }) => `New: ${named(operations, detail)}`,
  "operation-removed": ({ operations, detail }) => `Gone: ${named(operations, detail)}`,
  "operation-moved": ({ operations, detail }) =>
    detail.includes(operations) ? `Moved: ${detail}` : `Moved: ${operations}, ${detail}`,
  "operation-split": ({ subjects, detail, operations }) =>
    `${subjects} in the path became ${detail}, each with its own path: ${operations}`,
  "operation-changed": ({ operations }) => `Changed in a way that no type shows: ${operations}`,
  "operation-deprecated": ({ operations }) => `Deprecated: ${operations}`,
  "operation-retagged": ({ detail, where }) => `Documented in another area, ${detail}${where}`,
  "token-dispensable": ({ operations }) => `No token is needed any more: ${operations}`,
  "token-needed": ({ operations }) => `A token is needed now: ${operations}`,
  "parameter-added": ({ subjects, where }) => `New optional parameter ${subjects}${where}`,
  "parameter-added-required": ({ subjects, where }) => `New required parameter ${subjects}${where}`,
  "parameter-removed": ({ subjects, where }) => `No longer a parameter: ${subjects}${where}`,
  "parameter-moved": ({ subjects, detail, where }) => `Parameter ${subjects} moved, ${detail}${where}`,
  "parameter-deprecated": ({ subjects, where }) => `Deprecated: parameter ${subjects}${where}`,
  "parameter-required": ({ subjects, where }) => `Required now: parameter ${subjects}${where}`,
  "parameter-optional": ({ subjects, where }) => `No longer required: parameter ${subjects}${where}`,
  "property-added": bySide("New optional input %", "New in answers: %", "New: %"),
  "property-added-required": bySide("New required input %", "New: %", "New: %"),
  "property-removed": bySide("No longer accepted: %", "Gone from answers: %", "Gone: %"),
  "property-required": bySide("Required now: %", "Always in answers now: %", "Always there now: %"),
  "property-optional": bySide("No longer required: %", "May be missing from answers: %", "Optional now: %"),
  "property-deprecated": bySide("Deprecated: %", "Deprecated: %", "Deprecated: %"),
  "value-added": ({ subjects, many, detail, where }) => `${subjects} ${many ? "gain" : "gains"} ${detail}${where}`,
  "value-removed": ({ subjects, many, detail, where }) => `${subjects} ${many ? "lose" : "loses"} ${detail}${where}`,
  "media-type-added": bySide("The body may also be %", "The answer may also be %", "May also be %"),
  "media-type-removed": bySide("The body may no longer be %", "The answer is no longer %", "No longer %"),
  "member-added": ({ subjects, detail, where }) => `${subjects} may also be ${detail}${where}`,
  "member-removed": ({ subjects, many, detail, where }) =>
    `${subjects} ${many ? "are" : "is"} no longer ${detail}${where}`,
  "null-added": bySide("May be null now: %", "May be null now: %", "May be null now: %"),
  "null-removed": bySide("Never null now: %", "Never null now: %", "Never null now: %"),
  "type-changed": ({ subjects, many, detail, where }) =>
    `${subjects} ${many ? "change their types" : "changes its type"}, ${detail}${where}`,
  "body-added": ({ operations }) => `Takes a body now: ${operations}`,
  "body-removed": ({ operations }) => `Takes no body any more: ${operations}`,
  "body-required": ({ operations }) => `The body is required now: ${operations}`,
  "body-optional": ({ operations }) => `The body is no longer required: ${operations}`,
  "answer-added": ({ subjects, where }) => `The answer ${subjects} is described now${where}`,
  "answer-removed": ({ subjects, where }) => `The answer ${subjects} is no longer described${where}`,
  "answer-described": ({ subjects, where }) => `What the answer ${subjects} holds is described now${where}`,
  "constraint-changed": ({ subjects, detail, where }) => `${subjects}: ${detail}${where}; no type shows it`,
  "detail-changed": ({ subjects, detail, where }) => `${subjects || "Changed"}: ${detail} changed${where}`,
  "type-incompatible": ({ side, where }) =>
    `The types of ${side === "output" ? "answers" : "inputs"} are no longer compatible${where}`,
  "shape-added": ({ subjects }) => `New named type ${subjects}`,
  "shape-removed": ({ subjects }) => `The named type ${subjects} is gone`,
  "document-changed": ({ subjects }) => `The document's ${subjects} changed`,
};

const named = (operations: string, label: string): string =>
  operations === label || label === "" ? operations : `${operations}, ${label}`;
