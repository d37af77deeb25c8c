#!/usr/bin/env node
import { parseArgs } from "node:util";
import { parseFaults, type FaultPlan } from "./faults/faults.js";
import { createMockHub } from "./hub.js";
import { listen, loadDocument } from "./node.js";

const usage = `hf-mock-hub: a Hugging Face Hub for tests, on this machine and in memory

  --port <number>                where to listen (default 8787; 0 takes a free one)
  --host <name>                  default 127.0.0.1
  --seed <number>                decides everything that is made up (default 1)
  --models <number>              how many models there are (default 300, at most 100000)
  --rate-limit                   enforce the quotas of the real Hub
  --multipart-threshold <bytes>  above this size, files go up in parts (default 5000000000)
  --chunk-size <bytes>           the size of a part (default 16000000)
  --fault <plan>                 what goes wrong, for example latency=200,reset=0.01,503=0.05
`;

try {
  const { values } = parseArgs({
    options: {
      port: { type: "string", default: "8787" },
      host: { type: "string", default: "127.0.0.1" },
      seed: { type: "string", default: "1" },
      models: { type: "string", default: "300" },
      "rate-limit": { type: "boolean", default: false },
      "multipart-threshold": { type: "string", default: "5000000000" },
      "chunk-size": { type: "string", default: "16000000" },
      fault: { type: "string", multiple: true, default: [] },
      help: { type: "boolean", short: "h", default: false },
    },
  });
  if (values.help) process.stdout.write(usage);
  else await serve(values);
} catch (error) {
  // Node goes on to tell how other commands could be meant.
  const [message = ""] = (error instanceof Error ? error.message : String(error)).split(/[.?]\s/);
  process.stderr.write(`hf-mock-hub: ${message.replace(/\.$/, "")}; see hf-mock-hub --help\n`);
  process.exitCode = 1;
}

interface Values {
  port: string;
  host: string;
  seed: string;
  models: string;
  "rate-limit": boolean;
  "multipart-threshold": string;
  "chunk-size": string;
  fault: string[];
}

async function serve(values: Values): Promise<void> {
  const port = wholeNumber("port", values.port, 65_535);
  const hub = createMockHub({
    seed: wholeNumber("seed", values.seed),
    repos: { models: wholeNumber("models", values.models, 100_000) },
    faults: faults(values.fault),
    ...(values["rate-limit"] && { rateLimit: "hub" }),
    lfs: {
      multipartThreshold: wholeNumber("multipart-threshold", values["multipart-threshold"]),
      chunkSize: wholeNumber("chunk-size", values["chunk-size"]),
    },
    document: await loadDocument(),
  });
  const server = await listen(hub, { port, host: values.host });
  process.stdout.write(
    `Mock Hub:        ${server.url}\nLarge files:     ${server.cdnUrl}\nToken to write:  ${hub.tokens.write}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function wholeNumber(name: string, text: string, most: number = Number.MAX_SAFE_INTEGER): number {
  if (/^\d+$/.test(text) && Number(text) <= most) return Number(text);
  const limit = most === Number.MAX_SAFE_INTEGER ? "" : ` up to ${most}`;
  throw new Error(`--${name} needs a whole number${limit}, not "${text}"`);
}

function faults(given: readonly string[]): FaultPlan {
  const plan = given.length > 0 ? parseFaults(given.join(",")) : {};
  const { latency: _, after: __, status = {}, ...rates } = plan;
  for (const [name, rate] of Object.entries({ ...rates, ...status })) {
    // A rate of 5 would be one of 1, and mean something else.
    if (rate < 0 || rate > 1) throw new Error(`--fault ${name} needs a rate from 0 to 1, not ${rate}`);
  }
  return plan;
}
