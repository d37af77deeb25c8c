import type { ChangeKind, Direction } from "./change.js";

/** What a line of the changelog speaks of. Texts are quoted where they come from the document. */
interface LineParts {
  /** Names of properties, parameters, types; empty where the whole body or response is meant. */
  subjects: string;
  /** The named types that these belong to, or empty. */
  owners: string;
  /** Operations or methods; empty where a named type alone is meant. */
  operations: string;
  /** What these are from, where they are methods of operations that the document knows by a path. */
  paths: string;
  detail: string;
  /** Undefined where neither side is meant. */
  side: Direction | undefined;
  /** Whether these are methods, which keep their names wherever an operation lives. */
  areMethods: boolean;
}

type Phrase = (parts: LineParts) => string;

/** How each kind of change is told: what callers send or get, and what to do where they have to do something. */
export const phrases: Record<ChangeKind, Phrase> = {
  "operation-added": ({ operations, detail }) => `New: ${operations}${detail === "" ? "" : ` (${detail})`}`,
  "operation-removed": ({ operations, paths }) => `Gone: ${operations}${paths}; stop calling it`,
  "operation-moved": ({ areMethods, operations, detail }) =>
    areMethods
      ? `${operations} calls another path now, ${detail}; nothing to do`
      : `Moved: ${detail}; change the path in your calls`,
  "operation-split": ({ areMethods, subjects, detail, operations }) =>
    areMethods
      ? `${operations} calls a path of its own kind now; nothing to do`
      : `${subjects} in the path is written out now, as ${detail}; change the path in your calls: ${operations}`,
  "operation-changed": ({ operations }) => `Changed in a way that no type shows; nothing to do: ${operations}`,
  "operation-deprecated": ({ operations }) => `Deprecated: ${operations}; look for another way`,
  "operation-retagged": ({ detail, operations }) =>
    `Documented in another area, ${detail}; nothing to do: ${operations}`,
  "token-dispensable": ({ operations }) => `No token is needed any more: ${operations}`,
  "token-needed": ({ operations }) => `A token is needed now; give one: ${operations}`,
  "parameter-added": (parts) => `You can send ${thing(parts)}${towards(parts)}`,
  "parameter-added-required": (parts) =>
    `You have to send ${thing(parts)}${towards(parts)}; add ${it(parts)} to your calls`,
  "parameter-removed": (parts) =>
    `You can no longer send ${thing(parts)}${towards(parts)}; remove ${it(parts)} from your calls`,
  "parameter-moved": (parts) =>
    `${capital(thing(parts))} has moved, ${parts.detail}${within(parts)}; send ${it(parts)} there`,
  "parameter-deprecated": (parts) => `Deprecated: sending ${thing(parts)}${towards(parts)}; stop sending ${it(parts)}`,
  "parameter-required": (parts) =>
    `You have to send ${thing(parts)}${towards(parts)} now; add ${it(parts)} to your calls`,
  "parameter-optional": (parts) => `You no longer have to send ${thing(parts)}${towards(parts)}`,
  "property-added": (parts) =>
    isInput(parts) ? `You can send ${thing(parts)}${towards(parts)}` : `You also get ${thing(parts)}${from(parts)}`,
  "property-added-required": (parts) =>
    `You have to send ${thing(parts)}${towards(parts)}; add ${it(parts)} to your calls`,
  "property-removed": (parts) =>
    isInput(parts)
      ? `You can no longer send ${thing(parts)}${towards(parts)}; remove ${it(parts)} from your calls`
      : `You no longer get ${thing(parts)}${from(parts)}; stop reading ${it(parts)}`,
  "property-required": (parts) =>
    isInput(parts)
      ? `You have to send ${thing(parts)}${towards(parts)} now; add ${it(parts)} to your calls`
      : `You always get ${thing(parts)}${from(parts)} now`,
  "property-optional": (parts) =>
    isInput(parts)
      ? `You no longer have to send ${thing(parts)}${towards(parts)}`
      : `You may not get ${thing(parts)}${from(parts)}; check for \`undefined\``,
  "property-deprecated": (parts) =>
    isInput(parts)
      ? `Deprecated: sending ${thing(parts)}${towards(parts)}; stop sending ${it(parts)}`
      : `Deprecated: ${thing(parts)}${from(parts)}; stop reading ${it(parts)}`,
  "value-added": (parts) => `${known(parts)} may also be ${parts.detail}${isInput(parts) ? "" : "; handle it"}`,
  "value-removed": (parts) =>
    isInput(parts)
      ? `${known(parts)} may no longer be ${parts.detail}; send another value`
      : `${known(parts)} is never ${parts.detail} any more`,
  "media-type-added": (parts) =>
    isInput(parts)
      ? `The body that you send${towards(parts)} may also be ${parts.subjects}`
      : `The response that you get${from(parts)} may also be ${parts.subjects}; handle it`,
  "media-type-removed": (parts) =>
    isInput(parts)
      ? `The body that you send${towards(parts)} may no longer be ${parts.subjects}; send another media type`
      : `The response that you get${from(parts)} is no longer ${parts.subjects}; read another media type`,
  "member-added": (parts) => `${known(parts)} may also be ${parts.detail}${isInput(parts) ? "" : "; handle it"}`,
  "member-removed": (parts) =>
    isInput(parts)
      ? `${known(parts)} may no longer be ${parts.detail}; send another type`
      : `${known(parts)} is never ${parts.detail} any more`,
  "null-added": (parts) => `${known(parts)} may be \`null\`${isInput(parts) ? "" : "; check for it"}`,
  "null-removed": (parts) =>
    isInput(parts)
      ? `${known(parts)} may no longer be \`null\`; send a value`
      : `${known(parts)} is never \`null\` any more`,
  "type-changed": (parts) =>
    `${known(parts)} changes its type, ${parts.detail}; ${isInput(parts) ? "send the new one" : "change the code that reads it"}`,
  "body-added": ({ operations }) => `You can send a body: ${operations}`,
  "body-removed": ({ operations }) => `You can no longer send a body; leave it out: ${operations}`,
  "body-required": ({ operations }) => `You have to send a body now: ${operations}`,
  "body-optional": ({ operations }) => `You no longer have to send a body: ${operations}`,
  "response-added": ({ operations, subjects }) =>
    `${operations} may respond with status ${subjects}; it has a type now`,
  "response-removed": ({ operations, subjects }) =>
    `The response of ${operations} with status ${subjects} has no type any more; stop relying on it`,
  "response-described": ({ operations, subjects }) =>
    `The response of ${operations} with status ${subjects} has a type now`,
  "constraint-changed": (parts) => `${known(parts)}: ${parts.detail}; no type shows it`,
  "detail-changed": (parts) => `${known(parts)} differs in ${parts.detail}; compile your code`,
  "type-incompatible": (parts) =>
    isInput(parts)
      ? `What you send${towards(parts)} has another type; compile your code and follow it`
      : `What you get${from(parts)} has another type; compile your code and follow it`,
  "shape-added": ({ subjects }) => `New named type ${subjects}`,
  "shape-removed": ({ subjects }) => `The named type ${subjects} is gone; stop importing it`,
  "document-changed": ({ subjects }) => `The document's ${subjects} changed; nothing to do`,
};

const isInput = ({ side }: LineParts): boolean => side === "input";

/** Two names are joined by "and", as more are whose rest is counted. */
const it = ({ subjects }: LineParts): string => (subjects.includes(" and ") ? "them" : "it");

/** `volumes` of `Job`: what is sent or read by its name. */
const thing = ({ subjects, owners, operations }: LineParts): string =>
  owners === "" || operations === "" ? subjects : `${subjects} of ${owners}`;

const where = (word: string, { operations, owners }: LineParts): string => {
  if (operations !== "") return ` ${word} ${operations}`;
  return owners === "" ? "" : ` in ${owners}`;
};
const towards = (parts: LineParts): string => where("to", parts);
const from = (parts: LineParts): string => where("from", parts);
const within = ({ operations }: LineParts): string => ` in ${operations}`;

/** What is sent or got already, at the beginning of a sentence. */
function known(parts: LineParts): string {
  const deed = isInput(parts) ? `you send${towards(parts)}` : `you get${from(parts)}`;
  return parts.subjects === "" ? `What ${deed}` : `${capital(thing(parts))} that ${deed}`;
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1);
