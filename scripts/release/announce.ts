import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { changesetName, changesets, type Step } from "./changeset.js";
import { readVersions } from "./bump.js";
import { describe, type Description } from "../diff/describe.js";
import type { Document } from "../document/document.js";
import { readHubSurface, type HubSurface } from "../diff/hub-surface.js";
import type { Grown } from "../scaffold/scaffold.js";
import { PipelineError } from "../cli/pipeline-error.js";

export interface Announcement {
  description: Description;
  /** Changesets to write, by path. */
  files: Map<string, string>;
  /** Changesets that are no longer true. */
  obsolete: string[];
}

/** What the step from one merged document to the next has to say in `.changeset`. */
export async function announce(
  root: string,
  step: Step,
  before: Document,
  after: Document,
  grown: readonly Grown[] = [],
): Promise<Announcement> {
  const description = await describe(before, after, withGrown(await readHubSurface(root), grown));
  const folder = join(root, ".changeset");
  const present = new Set(await readdir(folder).catch(() => []));
  const back = { before: step.after, after: step.before };
  const obsolete = (["raw", "hub"] as const).map((key) => changesetName(back, key)).filter((name) => present.has(name));
  // The way there was never released, so the way back is no news.
  const notes =
    obsolete.length > 0 ? new Map<string, string>() : changesets(description, step, await readVersions(root));
  return {
    description,
    // What is there already may have been put into better words by a person.
    files: new Map([...notes].filter(([name]) => !present.has(name)).map(([name, text]) => [join(folder, name), text])),
    obsolete: obsolete.map((name) => join(folder, name)),
  };
}

/** The surface with methods that the same run wrote. */
function withGrown(surface: HubSurface, grown: readonly Grown[]): HubSurface {
  const added = grown.flatMap(({ operations, methods }) =>
    operations.map((id, index): [string, string[]] => [
      id,
      operations.length === methods.length ? [methods[index] ?? ""] : methods,
    ]),
  );
  return { ...surface, methods: new Map([...surface.methods, ...added]) };
}

/** The merged document that the generated types speak of; undefined on the first run. */
export async function readMerged(generated: string): Promise<Document | undefined> {
  const text = await readFile(join(generated, "openapi.json"), "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  try {
    return JSON.parse(text) as Document;
  } catch {
    throw new PipelineError(
      `${join(generated, "openapi.json")} is no JSON; settle its conflicts, or make it anew with pnpm generate.`,
    );
  }
}
