#!/usr/bin/env node
import { parseArgs } from "node:util";
import { parseFaults } from "./faults.js";
import { createMockHub } from "./hub.js";
import { listen, loadDocument } from "./node.js";

const usage = `hf-mock-hub: a Hugging Face Hub for tests, on this machine and in memory

  --port <number>                where to listen (default 8787; 0 takes a free one)
  --host <name>                  default 127.0.0.1
  --seed <number>                decides everything that is made up (default 1)
  --models <number>              how many models there are (default 300)
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
  process.stderr.write(`hf-mock-hub: ${error instanceof Error ? error.message : String(error)}\n`);
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
  const hub = createMockHub({
    seed: wholeNumber("seed", values.seed),
    repos: { models: wholeNumber("models", values.models) },
    faults: values.fault.length > 0 ? parseFaults(values.fault.join(",")) : {},
    ...(values["rate-limit"] && { rateLimit: "hub" }),
    lfs: {
      multipartThreshold: wholeNumber("multipart-threshold", values["multipart-threshold"]),
      chunkSize: wholeNumber("chunk-size", values["chunk-size"]),
    },
    document: await loadDocument(),
  });
  const server = await listen(hub, { port: wholeNumber("port", values.port), host: values.host });
  process.stdout.write(
    `Mock Hub:        ${server.url}\nLarge files:     ${server.cdnUrl}\nToken to write:  ${hub.tokens.write}\n`,
  );
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => void server.close());
}

function wholeNumber(name: string, text: string): number {
  if (/^\d+$/.test(text)) return Number(text);
  throw new Error(`--${name} needs a whole number, not "${text}"`);
}
