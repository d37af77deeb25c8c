import { readFile } from "node:fs/promises";
import { readArguments, run } from "./cli/cli.js";
import { PipelineError } from "./cli/pipeline-error.js";
import { quote } from "./cli/quote.js";
import { markOf, withMark } from "./release/content-mark.js";
import { gh, withBodyFile } from "./release/pull-requests.js";

const usage = `Usage: pnpm report-stop --jobs <json> [options]

Keeps one issue about a workflow that does not run through: opened when a job fails, updated when there is something else
to say, closed when all jobs succeed. Needs gh; runs where it is logged in.

  --jobs <json>    the results of the jobs, as a workflow has them in toJSON(needs)
  --report <file>  what a job wrote about its stop: title and text; without the file, the issue names the jobs that failed
  --label <name>   what marks the issue (default: api-stopped)
`;

const root = process.cwd();

interface Issue {
  number: number;
  body: string;
}

async function main(): Promise<void> {
  const { values: options } = readArguments("report-stop", {
    jobs: { type: "string" },
    report: { type: "string" },
    label: { type: "string" },
  });
  if (options.help) return void process.stdout.write(usage);
  const { jobs, report, label = "api-stopped" } = options;
  if (jobs === undefined) throw new PipelineError("Name the results of the jobs; see pnpm report-stop --help.");
  const failed = failedJobs(jobs);
  const [open] = await openIssues(label);
  if (failed.length === 0) return await close(open);
  const [title, body] = (await readReport(report)) ?? reportOn(failed);
  if (open?.body.includes(markOf(title, body)) === true) return say(`#${open.number} says so already`);
  const text = withMark(`${body}\n\n${runLink(process.env)}`, markOf(title, body));
  await withBodyFile(text, async (file) => {
    const content = ["--title", title, "--body-file", file];
    if (open !== undefined) return void (await gh(root, "issue", "edit", String(open.number), ...content));
    const description = "The daily run stopped and needs a decision";
    await gh(root, "label", "create", label, "--force", "--description", description);
    await gh(root, "issue", "create", "--label", label, ...content);
  });
  say(open === undefined ? `opened: ${title}` : `updated #${open.number}: ${title}`);
}

/** The jobs that did not succeed. One that was skipped stands behind one that failed. */
function failedJobs(json: string): string[] {
  const jobs = parseJobs(json);
  const bad = Object.entries(jobs).filter(([, { result }]) => result !== "success");
  const causes = bad.filter(([, { result }]) => result !== "skipped");
  return (causes.length > 0 ? causes : bad).map(([name]) => name);
}

function parseJobs(json: string): Record<string, { result?: string }> {
  try {
    const jobs: unknown = JSON.parse(json);
    if (typeof jobs === "object" && jobs !== null) return jobs as Record<string, { result?: string }>;
  } catch {
    // Told below, as any other text that is no object.
  }
  throw new PipelineError(`--jobs is ${quote(json)}; expected toJSON(needs) of a workflow.`);
}

/** The issues of the label, the oldest first: who may not write here cannot label either. */
async function openIssues(label: string): Promise<Issue[]> {
  const fields = ["--json", "number,body", "--limit", "100"];
  const issues = JSON.parse(await gh(root, "issue", "list", "--label", label, "--state", "open", ...fields)) as Issue[];
  return issues.sort((a, b) => a.number - b.number);
}

async function close(open: Issue | undefined): Promise<void> {
  if (open === undefined) return say("all is well");
  await gh(root, "issue", "close", String(open.number), "--comment", `It runs through again. ${runLink(process.env)}`);
  say(`closed #${open.number}: it runs through again`);
}

async function readReport(file: string | undefined): Promise<[title: string, body: string] | undefined> {
  const text = file === undefined ? undefined : await readFile(file, "utf8").catch(() => undefined);
  if (text === undefined) return undefined;
  const [title = "", ...body] = text.split("\n");
  return [title, body.join("\n").trim()];
}

const reportOn = (failed: readonly string[]): [title: string, body: string] => [
  `The Hub's API is not followed at present: ${failed.join(", ")} failed`,
  `The job ${failed.join(", ")} failed before it could say why. Its log has the reason; CONTRIBUTING.md lists the settings that the workflow needs. The next run that succeeds closes this issue.`,
];

function runLink({ GITHUB_SERVER_URL: server, GITHUB_REPOSITORY: name, GITHUB_RUN_ID: id }: NodeJS.ProcessEnv): string {
  return server && name && id ? `Run: ${server}/${name}/actions/runs/${id}` : "";
}

const say = (text: string): void => void process.stdout.write(`  report   ${text}\n`);

await run("report-stop", main);
