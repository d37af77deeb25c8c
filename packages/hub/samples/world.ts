import type { MockHub } from "@hf-api/mock-hub";
import { Hub } from "../src/hub.js";
import { addMadeUpObjects } from "./made-up-objects.js";

/** Whose token the samples use. */
export const sampleToken = "hf_mock_me_write";

type Role = "admin" | "write" | "read";

const people = ["me", "alan", "julien-c"];

/** Where `me` is an admin, the samples change things; the others are there to be read. */
const organizations: Readonly<Record<string, Record<string, Role>>> = {
  "my-org": { me: "admin", ada: "read" },
  google: { "julien-c": "admin" },
  huggingface: { "julien-c": "admin" },
  "meta-llama": { "julien-c": "admin" },
  nvidia: { "julien-c": "admin" },
  openai: { "julien-c": "admin" },
  gradio: { "julien-c": "admin" },
};

/** Puts what the samples speak of into the world of an embedded Hub. */
export async function prepareWorld(mock: MockHub): Promise<void> {
  addAccounts(mock);
  const as = (name: string): Hub =>
    new Hub({ endpoint: mock.url, fetch: mock.fetch, token: tokenOf(name), retries: 0 });
  await addOthersRepos(as("julien-c"));
  await addOwnRepos(as("me"));
  for (const name of ["ada", "alan"]) {
    await as(name).models.requestAccess({ repo: "my-org/my-model" });
    await as(name).datasets.requestAccess({ repo: "my-org/my-dataset" });
  }
  mock.state.like("julien-c", "google/gemma-3-4b-it");
  addMadeUpObjects(mock);
  const { accounts, oauth } = mock.state;
  const consent = { user: accounts.user("me") ?? oauth.defaultUser, clientId: "90e1…", scope: "openid profile" };
  oauth.consent({ ...consent, redirectUri: "https://my-app.example/callback" }, "7c1d…");
}

const tokenOf = (name: string): string => (name === "me" ? sampleToken : `hf_mock_sample_${name}`);

function addAccounts({ state: { accounts } }: MockHub): void {
  for (const [index, name] of people.entries()) {
    accounts.add({
      type: "user",
      _id: `5f0c0000000000000000a0${index}0`,
      name,
      fullname: name,
      email: `${name}@example.com`,
      isPro: true,
      createdAt: Date.UTC(2023, 0, 1),
      following: new Set(people),
    });
  }
  for (const name of [...people, "ada"]) {
    const user = accounts.user(name);
    if (user !== undefined) accounts.issueToken(tokenOf(name), { user, role: "write" });
  }
  for (const [index, [name, members]] of Object.entries(organizations).entries()) {
    accounts.add({
      type: "org",
      _id: name === "my-org" ? "5e67bd5b1009063689407478" : `5f0c0000000000000000b0${index}0`,
      name,
      fullname: name,
      details: "",
      isVerified: false,
      plan: "enterprise",
      members: new Map(Object.entries(members)),
      resourceGroups: [],
    });
  }
}

async function addOthersRepos(hub: Hub): Promise<void> {
  await hub.repos.create({ repo: "google/gemma-3-4b-it" });
  for (let num = 1; num <= 3; num++) {
    await hub.discussions.create({ repo: "google/gemma-3-4b-it", title: `Question ${num}`, description: "How?" });
  }
  await hub.repos.create({ repo: "meta-llama/Llama-3.1-8B" });
  await hub.models.updateSettings({ repo: "meta-llama/Llama-3.1-8B", gated: "manual" });
  await hub.repos.create({ repo: "nvidia/OpenMathReasoning", type: "dataset" });
  await hub.datasets.updateSettings({ repo: "nvidia/OpenMathReasoning", gated: "manual" });
  await hub.repos.create({ repo: "openai/gsm8k", type: "dataset" });
  await hub.repos.create({ repo: "gradio/hello_world", type: "space", sdk: "gradio" });
  const space = { type: "space", repo: "gradio/hello_world" } as const;
  await hub.discussions.create({ ...space, title: "A change", description: "Why.", pullRequest: true });
}

async function addOwnRepos(hub: Hub): Promise<void> {
  for (const repo of ["me/my-model", "me/model", "me/draft", "my-org/my-model"]) await hub.repos.create({ repo });
  for (const repo of ["me/my-dataset", "me/model", "my-org/my-dataset"])
    await hub.repos.create({ repo, type: "dataset" });
  for (const repo of ["me/my-space", "me/model", "my-org/my-space"])
    await hub.repos.create({ repo, type: "space", sdk: "gradio" });
  await hub.repos.create({ repo: "me/model", type: "kernel" });
  await hub.models.updateSettings({ repo: "my-org/my-model", gated: "manual" });
  await hub.datasets.updateSettings({ repo: "my-org/my-dataset", gated: "manual" });
  for (const repo of ["me/my-bucket", "my-org/my-bucket"]) await hub.buckets.create({ repo });
  const about = { repo: "me/my-model", description: "See the card." };
  for (const title of ["First", "Second", "Third"]) await hub.discussions.create({ ...about, title });
  await hub.discussions.create({ ...about, title: "A change", pullRequest: true });
  for (const kind of ["models", "datasets", "spaces"] as const) {
    const repo = `me/my-${kind.slice(0, -1)}`;
    await hub[kind].createBranch({ repo, branch: "old" });
    await hub[kind].createTag({ repo, tag: "v0.1" });
  }
  const space = { repo: "me/my-space" };
  await hub.spaces.setSecret({ ...space, key: "API_KEY", value: "of-a-service" });
  await hub.spaces.setVariable({ ...space, key: "MODEL_ID", value: "openai-community/gpt2" });
}
