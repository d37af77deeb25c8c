import { join } from "node:path";
import * as official from "@huggingface/hub";
import type { CallOutcome, Workplace } from "../cell.js";
import { withMock } from "../mock.js";
import type { Context } from "../official/context.js";
import { jobsAndLogins } from "../official/jobs-and-logins.js";
import { listsAndBuckets } from "../official/lists-and-buckets.js";
import { reposAndFiles } from "../official/repos-and-files.js";
import { runRows, type Row } from "../rows.js";

/** In the order of a session: later calls build on what earlier ones made. */
const rows: readonly Row<Context>[] = [...reposAndFiles, ...listsAndBuckets, ...jobsAndLogins];

/** What the package exports besides: it computes, or reads the disk. */
const local = new Set(
  `assertSafeShardFilename computeNumOfParamsByDtypeSingleFile encodeShardFilename getBlobStat getHFHubCachePath
  getQuantizationMultiplier getRepoFolderName globMatch isQuantizedTensor matchesCompressedTensorsTarget parseRepoType
  parseSafetensorsShardFilename parseTotalParameters relativeUnderFolder scanCacheDir scanCachedRepo scanRefsDir
  scanSnapshotDir streamJson validateTensorEntry __internal_sha256`.split(/\s+/),
);

/** A row of its own for each function that a new version of the package may bring. */
const complete: Row<Context> = {
  call: "every function that talks to the Hub",
  run: () => {
    const called = new Set(rows.map(({ call }) => call.split(" ")[0]));
    const functions = Object.entries(official).filter(
      ([, value]) => typeof value === "function" && !`${value}`.startsWith("class"),
    );
    return functions.map(([name]) => name).filter((name) => !called.has(name) && !local.has(name));
  },
  expect: [],
};

/** Runs `@huggingface/hub` of npm against the mock Hub. */
export const run = ({ folder }: Workplace): Promise<CallOutcome[]> =>
  withMock(async ({ hub, url }) => {
    const context = { hubUrl: url, accessToken: hub.tokens.write, cacheDir: join(folder, "cache"), made: new Map() };
    return await quietly(() => runRows([complete, ...rows], context));
  });

/** The package tells of each download on the console. */
async function quietly<T>(work: () => Promise<T>): Promise<T> {
  const { debug } = console;
  console.debug = () => {};
  try {
    return await work();
  } finally {
    console.debug = debug;
  }
}
