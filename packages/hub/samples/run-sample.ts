import { createMockHub, type OpenApiDocument } from "@hf-api/mock-hub";
import openapi from "@hf-api/raw/openapi.json" with { type: "json" };
import { clientsOf } from "./clients-of.js";
import { entries } from "./entries.js";
import { valuesOfFreeNames } from "./free-names.js";
import { logIn, loginsOf } from "./logins-of.js";
import { preparations, type Preparation } from "./preparations.js";
import type { Sample } from "./samples.js";
import { showingResults } from "./shown-results.js";
import { prepareWorld, sampleToken } from "./world.js";

// The whole document has more members than its type here tells of.
const document = openapi as unknown as OpenApiDocument;
type AsyncBody = (...values: unknown[]) => Promise<void>;
const AsyncFunction = (async () => {}).constructor as new (...namesAndBody: string[]) => AsyncBody;

/** Runs a sample against an embedded Hub of its own, after what has to come before it, and returns what it printed. */
export async function runSample(
  { name, code }: Sample,
  prepare: Preparation | undefined = preparations[name],
): Promise<unknown[][]> {
  const mock = createMockHub({ document, repos: { models: 5, datasets: 3, spaces: 3 }, oauth: { interval: 0 } });
  await prepareWorld(mock);
  const options = { endpoint: mock.url, fetch: mock.fetch, token: sampleToken, retries: 0 };
  const hub = new entries["src/index.js"].Hub(options);
  await prepare?.(hub);
  const printed: unknown[][] = [];
  const names = {
    ...Object.assign({}, ...Object.values(entries)),
    ...valuesOfFreeNames(),
    login: await logIn(mock),
    hub,
    ...loginsOf(mock),
    ...clientsOf((given) => ({ ...options, ...given })),
    console: { log: (...values: unknown[]) => printed.push(values) },
  };
  // A block, as samples may declare names again.
  const run = new AsyncFunction(...Object.keys(names), `{ ${showingResults(code)}\n}`);
  await run(...Object.values(names));
  return printed;
}
