import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { CallOutcome, Workplace } from "../cell.js";
import { withMock } from "../mock.js";
import { pythonWithHub } from "../python.js";
import { runRows, type Row } from "../rows.js";

type Context = (command: string) => Promise<{ code: number | undefined; output: string }>;

/** A command with what it has to write; it succeeds unless `code` says otherwise. */
const command = (line: string, output: RegExp, code = 0): Row<Context> => ({
  call: `hf ${line}`,
  run: (hf) => hf(line),
  expect: { code, output },
});

const rows: readonly Row<Context>[] = [
  command("auth whoami", /user: ada\n {2}orgs: acme-research/),
  command("repos create ada/by-command --private", /Repo created\n {2}repo_id: ada\/by-command\n/),
  command(
    "upload ada/by-command notes.txt docs/notes.txt --commit-message Notes",
    /\/ada\/by-command\/commit\/[0-9a-f]{40}/,
  ),
  command("download ada/by-command docs/notes.txt --local-dir got", /got\/docs\/notes\.txt/),
  command("download ada/by-command none.txt", /File not found in model 'ada\/by-command'/, 1),
  command("models info openai-community/gpt2", /"id": "openai-community\/gpt2"/),
  command("models ls --author openai-community --limit 3 --format json", /"id": "openai-community\//),
  command("datasets info rajpurkar/squad", /"id": "rajpurkar\/squad"/),
  command("spaces ls --limit 2 --format json", /"sdk": "/),
  command("repos branch create ada/by-command next", /Branch created\n {2}branch: next/),
  command("repos tag create ada/by-command v1", /Tag created\n {2}tag: v1/),
  command("repos tag list ada/by-command", /v1 +[0-9a-f]{40} refs\/tags\/v1/),
  command("repos settings ada/by-command --gated auto", /Repo settings updated/),
  command("discussions create ada/by-command --title Why", /ada\/by-command\/discussions\/1\n/),
  command("discussions list ada/by-command", /1 Why +open +ada/),
  command("collections create Mine", /slug: ada\/mine-[0-9a-f]{24}/),
  command("webhooks ls", /No results found/),
  command("jobs run python:3.12 true", /Job started/),
  command("jobs ps -a", /python:3\.12 +true/),
  command("repos delete-files ada/by-command docs/notes.txt", /Files deleted/),
  command("repos move ada/by-command ada/by-command-moved", /to_id: ada\/by-command-moved/),
  command("repos ls --format json", /"ada\/by-command-moved"/),
  command("repos delete ada/by-command-moved --yes", /Repo deleted/),
];

/** Runs the command `hf` of `huggingface_hub` against the mock Hub. */
export async function run(place: Workplace): Promise<CallOutcome[]> {
  const python = await pythonWithHub(place);
  await writeFile(join(place.folder, "notes.txt"), "Notes\n");
  return await withMock(async ({ hub, url }) =>
    runRows(rows, (line: string) => python.run("hf", line.split(" "), { url, token: hub.tokens.write })),
  );
}
