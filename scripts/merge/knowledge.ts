import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { PipelineError } from "../cli/pipeline-error.js";
import type { Json } from "../document/document.js";
import type { FieldWords } from "./fields.js";
import type { Names } from "./names.js";
import { parseOverlay, type Overlay } from "./overlay.js";
import type { ShapeRule } from "./shapes.js";

/** The overlay of what the Hub's document has lost. It comes before the others, which may correct it. */
export const lostFile = "spec/overlay/lost.yaml";

/** What we know better than the Hub's document, as it lies in `spec/`. */
export interface Knowledge {
  overlays: Overlay[];
  names: Names;
  shapes: Record<string, ShapeRule>;
  fields: FieldWords;
}

export async function readKnowledge(folder: string): Promise<Knowledge> {
  const files = (await readdir(join(folder, "overlay"))).filter((file) => file.endsWith(".yaml")).sort(lostFirst);
  return {
    overlays: await Promise.all(
      files.map(async (file) => parseOverlay(`spec/overlay/${file}`, await readYaml(join(folder, "overlay", file)))),
    ),
    names: await readNames(folder),
    // Rules and words are checked where they are used, as names are.
    shapes: (await readYaml(join(folder, "shapes.yaml"))) as Record<string, ShapeRule>,
    fields: (await readYaml(join(folder, "fields.yaml"))) as FieldWords,
  };
}

const lostFirst = (a: string, b: string): number =>
  Number(lostFile.endsWith(`/${b}`)) - Number(lostFile.endsWith(`/${a}`)) || (a < b ? -1 : 1);

/** The lock of names; the file is ours. */
export async function readNames(folder: string): Promise<Names> {
  return (await readYaml(join(folder, "names.yaml"))) as Names;
}

async function readYaml(path: string): Promise<Json> {
  const text = await readFile(path, "utf8").catch((error: NodeJS.ErrnoException) => {
    throw new PipelineError(`Cannot read ${path} (${error.code}); take it from git.`);
  });
  try {
    return parse(text) as Json;
  } catch (error) {
    throw new PipelineError(`${path} is not valid YAML: ${(error as Error).message.split("\n")[0]}`);
  }
}
