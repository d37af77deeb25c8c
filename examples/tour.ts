// `pnpm start`: typed calls against the embedded Hub. `pnpm start --live`: those that only read, against the real one.
import { Hub, HubError, HubResponseError } from "@hf-api/hub";
import { createMockHub } from "@hf-api/mock-hub";
import { listen } from "@hf-api/mock-hub/node";

const [choice, ...others] = process.argv.slice(2).filter((argument) => argument !== "--");
if ((choice !== undefined && choice !== "--live") || others.length > 0) {
  console.error("start: the only argument is --live, which reads from https://huggingface.co");
  process.exit(1);
}
const live = choice === "--live";

const mock = createMockHub({ seed: 1 });
const server = live ? undefined : await listen(mock);
const hub = server === undefined ? new Hub() : new Hub({ endpoint: server.url, token: mock.tokens.write });

console.log(live ? "The Hub at https://huggingface.co, read only" : `The embedded Hub at ${server?.url}`);

if (live) {
  await show("who am I", async () => {
    if (process.env["HF_TOKEN"] === undefined) return "nobody: HF_TOKEN is not set";
    return (await hub.auth.whoami()).name;
  });
} else {
  await show("who am I", async () => {
    const { name, orgs } = await hub.auth.whoami();
    return `${name}, member of ${orgs.map((org) => org.name).join(", ")}`;
  });
}

const some = await show("list models, 3 pages of 50", async () => {
  const ids: string[] = [];
  let pages = 0;
  for await (const page of hub.models.list({ limit: 150, pageSize: 50 }).pages()) {
    ids.push(...page.items.map((model) => model.id));
    pages += 1;
  }
  return [`${ids.length} models on ${pages} pages, first ${ids[0]}`, live ? "openai-community/gpt2" : ids[0]] as const;
});

await show("one model at refs/pr/1", async () => {
  const model = await hub.models.get({ repo: String(some), revision: "refs/pr/1" });
  return `${model.id} at ${model.sha?.slice(0, 8)}, ${model.siblings?.length ?? 0} files`;
});

if (!live) {
  const { name } = await hub.auth.whoami();
  await show("create a repository", async () => (await hub.repos.create({ repo: "tour", visibility: "private" })).url);
  await show("upload a large file and a small one", async () => {
    const files = [
      { path: "README.md", content: "# A tour" },
      { path: "model.bin", content: new Uint8Array(20_000_000) },
    ];
    const { commitOid } = await hub.models.files.upload({ repo: `${name}/tour`, files });
    return `commit ${commitOid.slice(0, 8)}, the large one by way of the storage`;
  });
  await show("rename it", async () => {
    await hub.repos.move({ from: `${name}/tour`, to: `${name}/tour-done`, type: "model" });
    return (await hub.models.get({ repo: `${name}/tour` })).id;
  });
  await show("delete it", async () => {
    await hub.repos.delete({ repo: "tour-done", type: "model" });
    return "done";
  });
}

await show("download a file", async () => {
  const file = await hub.models.files.download({ repo: String(some), path: "config.json" });
  return `${(await file.bytes()).length} bytes of commit ${file.commit?.slice(0, 8)}`;
});

await show("an error, told apart by its code", async () => {
  try {
    await hub.models.get({ repo: "nobody/nothing-here" });
    return "found?";
  } catch (error) {
    if (!(error instanceof HubResponseError)) throw error;
    return `${error.status} ${error.code}`;
  }
});

await server?.close();

/** Runs one step and prints a line with its outcome and its time; hands on what the step returns beside its text. */
async function show(step: string, run: () => Promise<string | undefined | readonly [string, string | undefined]>) {
  const started = performance.now();
  const line = (outcome: string): void => {
    const time = `${(performance.now() - started).toFixed(1)} ms`;
    console.log(`  ${step.padEnd(36)} ${time.padStart(9)}  ${outcome}`);
  };
  try {
    const outcome = await run();
    const [text, value] = typeof outcome === "object" ? outcome : [outcome, undefined];
    line(text ?? "");
    return value;
  } catch (error) {
    if (!(error instanceof HubError)) throw error;
    line(`failed: ${error.message}`);
    return process.exit(1);
  }
}
