// Compares what the Hub sends with the document that the types are made of, and prints where they differ.
import { Hub } from "@hf-api/hub";
import { createCheckedFetch } from "@hf-api/mock-hub/check-responses";
import { loadDocument } from "@hf-api/mock-hub/node";

const document = await loadDocument();
if (document === undefined) throw new Error("@hf-api/raw, which holds the document, is not installed");

const endpoint = process.env.HF_ENDPOINT ?? "https://huggingface.co";
let differences = 0;
const onMismatch = ({ message }: Error): void => {
  differences++;
  console.log(`${message}\n`);
};
const hub = new Hub({ fetch: createCheckedFetch({ document, endpoint, onMismatch }) });

await hub.models.list({ limit: 20 }).toArray();
await hub.models.get({ repo: process.argv[2] ?? "openai-community/gpt2" });
await hub.datasets.list({ limit: 20, full: true }).toArray();
await hub.collections.list({ limit: 5 }).toArray();
await hub.papers.listDaily({ limit: 10 }).toArray();

console.log(
  differences === 0 ? "All responses fit the document." : `${differences} responses differ from the document.`,
);
