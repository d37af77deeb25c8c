import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { parse } from "yaml";
import { PipelineError } from "../cli/pipeline-error.js";

interface Workflow {
  jobs?: Record<string, { steps?: { run?: string }[] } | undefined>;
}

/** The shell commands that publish, as `release.yml` has them: there is no script, so that no code of ours runs there. */
export async function publishCommands(root: string): Promise<string> {
  const { jobs } = parse(await readFile(join(root, ".github/workflows/release.yml"), "utf8")) as Workflow;
  const runs = (jobs?.["publish"]?.steps ?? []).flatMap(({ run }) => run ?? []);
  const [only] = runs;
  if (only === undefined || runs.length > 1) throw new PipelineError("release.yml does not publish in one step.");
  return only;
}
