import { createMockHub, type MockHub, type OpenApiDocument } from "@hf-api/mock-hub";
import * as client from "../../packages/hub/src/index.js";
import { clientsOf } from "../../packages/hub/samples/clients-of.js";
import { preparations } from "../../packages/hub/samples/preparations.js";
import { prepareWorld, sampleToken } from "../../packages/hub/samples/world.js";
import { failureText } from "./failure.js";
import { inspect } from "./inspect.js";
import type { RunEvent, RunMessage } from "./messages.js";
import { readOnly } from "./read-only.js";
import { runCode } from "./run-code.js";

const tell = (event: RunEvent): void => postMessage(event);
const tellFailure = (error: unknown): void => tell({ type: "failure", text: failureText(error) });

// What one run changes, the next one finds: the Hub lives as long as this worker.
let embedded: Promise<MockHub> | undefined;
const prepared = new Set<string>();

async function startEmbedded(document: OpenApiDocument): Promise<MockHub> {
  const mock = createMockHub({ document });
  await prepareWorld(mock);
  return mock;
}

async function optionsFor({ target, document }: RunMessage): Promise<client.HubOptions> {
  if (target.kind === "live") {
    const { token, allowChanges } = target;
    return { endpoint: "https://huggingface.co", token, fetch: allowChanges ? fetch : readOnly(fetch) };
  }
  const mock = await (embedded ??= startEmbedded(document));
  return { endpoint: mock.url, fetch: mock.fetch, token: sampleToken };
}

/** In the embedded Hub, what a sample removes has to be there first. */
async function prepare(name: string, options: client.HubOptions): Promise<void> {
  const step = preparations[name.replace(/^hub\./, "")];
  if (step === undefined || prepared.has(name)) return;
  prepared.add(name);
  // What the reader has changed before may stand in the way; the sample then tells.
  await step(new client.Hub(options)).catch(() => undefined);
}

async function run(message: RunMessage): Promise<void> {
  const { name, code, target } = message;
  const options = await optionsFor(message);
  if (target.kind === "embedded") await prepare(name, options);
  const observe = (event: client.RequestEvent): void => {
    if (event.type === "response") tell({ ...event, type: "request" });
  };
  const clients = clientsOf((given) => ({
    ...options,
    observe,
    ...given,
    token: given.token ?? options.token ?? null,
  }));
  const print = (...values: unknown[]): void =>
    tell({ type: "print", text: values.map((value) => inspect(value)).join(" ") });
  const exported = { ...client, ...clients };
  const names = {
    ...exported,
    hub: new clients.Hub(),
    console: { log: print, info: print, warn: print, error: print, debug: print },
    process: { env: {} },
  };
  await runCode(code, names, { "@hf-api/hub": exported });
}

addEventListener("message", async ({ data }: MessageEvent<RunMessage>) => {
  const start = performance.now();
  await run(data).catch(tellFailure);
  tell({ type: "end", duration: performance.now() - start });
});
addEventListener("unhandledrejection", ({ reason }) => tellFailure(reason));
