import { fileURLToPath } from "node:url";
import { Hub } from "@hf-api/hub";
import { isVerdict, type CallOutcome, type Cell } from "../cell.js";
import { withMock } from "../mock.js";
import { pythonWithHub } from "../python.js";
import { runRows, type Row } from "../rows.js";
import { lastOf, type Finished } from "../stranger.js";

const program = fileURLToPath(new URL("../programs/calls.py", import.meta.url));
const ours = "ada/written-for-python";
const weights = new Uint8Array(200_000).map((_, index) => index % 251);

/** What our client reads of what the program left. */
const afterwards: readonly Row<Hub>[] = [
  {
    call: "ours lists a dataset of Python's",
    run: async (hub) =>
      (await hub.datasets.files.list({ repo: "ada/python-data", recursive: true }).take()).map(({ path }) => path),
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
    run: async (hub) => (await hub.datasets.listCommits({ repo: "ada/python-data" }).take()).map(({ title }) => title),
    expect: ["Replace", "initial commit"],
  },
];

export const pythonClient: Cell = {
  name: "huggingface-py",
  group: "python",
  about: "huggingface_hub of PyPI against the mock Hub, and our client on what it wrote",
  async run(place) {
    const python = await pythonWithHub(place);
    return await withMock(async ({ hub: mock, url }) => {
      const hub = new Hub({ endpoint: url, token: mock.tokens.write });
      await hub.repos.create({ repo: ours });
      const operations = [
        { add: "text.md", content: "# Text" },
        { add: "weights.bin", content: weights },
      ];
      await hub.models.commit({ repo: ours, title: "Add both", operations });
      const args = [program, place.folder, mock.tokens.other, ours];
      const calls = callsOf(await python.run("python", args, { url, token: mock.tokens.write }));
      return [...calls, ...(await runRows(afterwards, hub))];
    });
  },
};

/** A line of JSON for each call, and one to show that the program came to its end. */
function callsOf({ code, stdout, output }: Finished): CallOutcome[] {
  const lines = stdout.split("\n").filter((line) => line.startsWith("{"));
  const calls: CallOutcome[] = [];
  for (const line of lines) {
    const { call, verdict, note, ended }: Record<string, unknown> = JSON.parse(line);
    if (typeof call === "string" && isVerdict(verdict)) {
      calls.push({ call, verdict, ...(typeof note === "string" && { note }) });
    } else if (ended === calls.length) {
      return calls;
    }
  }
  const last = calls.at(-1)?.call ?? "none";
  throw new Error(
    `Python ended with ${code ?? "a signal"} before its last call; the last one told was ${last}: ${lastOf(output)}`,
  );
}
