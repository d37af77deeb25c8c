import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Hub } from "@hf-api/hub";
import { scanCache, snapshot } from "@hf-api/hub/node";
import type { CallOutcome, Workplace } from "../cell.js";
import { withMock } from "../mock.js";
import { pythonWithHub } from "../python.js";
import { runRows, type Row } from "../rows.js";
import { toldCalls } from "../told-calls.js";

const program = fileURLToPath(new URL("../programs/calls.py", import.meta.url));
const ours = "ada/written-for-python";
const weights = new Uint8Array(200_000).map((_, index) => index % 251);

/** What our client reads of what the program left. */
const afterwards = (folder: string): readonly Row<Hub>[] => [
  {
    call: "ours lists a dataset of Python's",
    run: async (hub) =>
      (await hub.datasets.files.list({ repo: "ada/python-data", recursive: true }).toArray()).map(({ path }) => path),
    expect: [".gitattributes", "a.txt", "deep", "deep/b.bin", "skipped.log"],
  },
  {
    call: "ours reads a large file of Python's, and checks it",
    run: async (hub) =>
      (await (await hub.datasets.files.download({ repo: "ada/python-data", path: "deep/b.bin" })).bytes()).length,
    expect: 256 * 500 - 7,
  },
  {
    call: "ours reads the history of Python's",
    run: async (hub) =>
      (await hub.datasets.listCommits({ repo: "ada/python-data" }).toArray()).map(({ title }) => title),
    expect: ["Replace", "initial commit"],
  },
  {
    call: "ours takes all of a snapshot from the cache that Python filled",
    run: async (hub) => (await snapshot(hub.models, { repo: ours }, { cache: join(folder, filledByPython) })).written,
    expect: [],
  },
  {
    call: "ours scans the cache that Python filled",
    run: async () => await scanCache({ cache: join(folder, filledByPython) }),
    expect: { repos: [{ kind: "models", repo: ours, revisions: [{ refs: ["main"] }] }], warnings: [], unused: 0 },
  },
];

const filledByOurs = "filled-by-ours";
const filledByPython = "filled-by-python";

/** Runs `huggingface_hub` of PyPI against the mock Hub, and our client on what it wrote. */
export async function run(place: Workplace): Promise<CallOutcome[]> {
  const python = await pythonWithHub(place);
  return await withMock(async ({ hub: mock, url }) => {
    const hub = new Hub({ endpoint: url, token: mock.tokens.write });
    await hub.repos.create({ repo: ours });
    const operations = [
      { add: "text.md", content: "# Text" },
      { add: "weights.bin", content: weights },
    ];
    await hub.models.commit({ repo: ours, title: "Add both", operations });
    await snapshot(hub.models, { repo: ours }, { cache: join(place.folder, filledByOurs) });
    const args = [program, place.folder, mock.tokens.other, ours];
    const calls = toldCalls(await python.run("python", args, { url, token: mock.tokens.write }));
    return [...calls, ...(await runRows(afterwards(place.folder), hub))];
  });
}
