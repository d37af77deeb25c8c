import { playgroundLink } from "../emit/playground.js";
import type { OperationAt } from "../document/document.js";
import type { Sources } from "./source-tree.js";

const undocumented = "@remarks Not in the Hub's OpenAPI document.";
const ended = (link: string): string => `@deprecated The Hub's document no longer has ${link}; it may end at any time.`;
const partly = (link: string): string => `@remarks The Hub's document no longer has ${link}.`;

/** Operations that a document has lost, or describes again. */
export interface Lost {
  lost: readonly OperationAt[];
  returned: readonly OperationAt[];
}

/**
 * The files that change where the comments of methods link to operations that are lost or back. A method that has no other
 * operation is deprecated.
 */
export function deprecateMethods(sources: Sources, { lost, returned }: Lost): Sources {
  const changed: Sources = new Map();
  for (const [file, text] of sources) {
    if (!file.startsWith("src/")) continue;
    const result = text.replace(/\/\*\*[^]*?\*\//g, (comment) =>
      [...lost.map(linkOf).map(losing), ...returned.map(linkOf).map(regaining)].reduce(
        (before, edit) => edit(before),
        comment,
      ),
    );
    if (result !== text) changed.set(file, result);
  }
  return changed;
}

function losing(link: string): (comment: string) => string {
  return (comment) => {
    const lines = comment.split("\n");
    const at = lines.findIndex((line) => line.trim() === `* @see ${link}`);
    if (at === -1) return comment;
    const start = lines[at]?.slice(0, lines[at].indexOf("*")) ?? "";
    const isOnly = lines.filter((line) => line.includes(`* @see ${linkStart}`)).length === 1;
    const tags = isOnly ? [ended(link), undocumented] : [partly(link)];
    return lines.toSpliced(at, 1, ...tags.map((tag) => `${start}* ${tag}`)).join("\n");
  };
}

function regaining(link: string): (comment: string) => string {
  return (comment) => {
    const lines = comment.split("\n");
    const at = lines.findIndex((line) => [ended(link), partly(link)].some((tag) => line.trim() === `* ${tag}`));
    if (at === -1) return comment;
    const start = lines[at]?.slice(0, lines[at].indexOf("*")) ?? "";
    const wasOnly = lines[at]?.includes("@deprecated") === true && lines[at + 1]?.trim() === `* ${undocumented}`;
    return lines.toSpliced(at, wasOnly ? 2 : 1, `${start}* @see ${link}`).join("\n");
  };
}

const linkStart = "https://huggingface.co/spaces/huggingface/openapi#";

function linkOf({ method, path, operation }: OperationAt): string {
  const tags = operation["tags"];
  return playgroundLink(Array.isArray(tags) ? String(tags[0]) : "hub", method, path);
}
