import type { MockHub } from "@hf-api/mock-hub";

/** What only the Hub gives ids to: the samples name such ids, so the world has to hold them. */
export function addMadeUpObjects({ state }: MockHub): void {
  const createdAt = Date.UTC(2026, 0, 1);
  const spec = { dockerImage: "python:3.12", flavor: "cpu-basic", environment: {}, secrets: [] };
  const ours = { namespace: "me", createdBy: "me", createdAt, spec };
  state.jobs.push({ ...ours, id: "687fb701029421ae5549d998", labels: { team: "nlp" } });
  state.scheduledJobs.push({
    ...ours,
    id: "687fb701029421ae5549d999",
    labels: { team: "nlp" },
    concurrency: false,
    schedule: "@daily",
    suspend: false,
    lastJob: undefined,
  });
  state.webhooks.set("me", [
    {
      id: "654bbbc16f2ec14d77f109cc",
      disabled: false,
      url: "https://example.com/hook",
      watched: [{ type: "org", name: "my-org" }],
      domains: ["repo"],
      hasSecret: false,
    },
  ]);
  addCollections(state);
  addComment(state, createdAt);
  addPaper(state);
  addPosts(state, createdAt);
  addFiles(state, createdAt);
  state.buckets.get("me/my-bucket")?.put("runs/1.json", '{"loss":0.12}', createdAt);
  state.accounts.org("my-org")?.resourceGroups.push({
    id: "66670e5163145ca562cb1988",
    name: "vision",
    description: null,
    autoJoin: { enabled: false },
    users: new Map([["ada", { role: "read", addedBy: "me" }]]),
  });
  const grouped = [
    state.repos.models.find("my-org/my-model"),
    state.repos.datasets.find("my-org/my-dataset"),
    state.repos.spaces.find("my-org/my-space"),
  ];
  for (const repo of grouped) if (repo !== undefined) repo.record.resourceGroupId = "66670e5163145ca562cb1988";
}

type World = MockHub["state"];

function addCollections({ collections }: World): void {
  const common = { theme: "blue", private: false, position: 0, upvotes: 0, lastUpdated: 0, gating: false } as const;
  const gpt2 = { type: "model", id: "openai-community/gpt2" } as const;
  collections.push(
    {
      ...common,
      id: "64f9a55bb3115b4f513ec026",
      owner: "me",
      title: "Models for small machines",
      items: [{ ...gpt2, _id: "6501e6e4b3f0d3bbea1ae1f4", id: "google-bert/bert-base-uncased" }],
    },
    {
      ...common,
      id: "64f9a55bb3115b4f513ec027",
      owner: "my-org",
      title: "Ours",
      resourceGroupId: "66670e5163145ca562cb1988",
      items: [{ ...gpt2, _id: "6501e6e4b3f0d3bbea1ae1f5" }],
    },
    {
      ...common,
      id: "67c6c6f89c4f76621268bb6d",
      owner: "google",
      title: "Gemma 3 release",
      items: [{ ...gpt2, _id: "6501e6e4b3f0d3bbea1ae1f6" }],
    },
  );
}

function addPosts({ posts }: World, publishedAt: number): void {
  const common = {
    slug: "492613107",
    text: "Look!",
    publishedAt,
    numComments: 0,
    impressions: 1,
    reactions: new Map(),
  };
  posts.push({ ...common, author: "me" }, { ...common, author: "julien-c" });
}

function addComment({ repos }: World, createdAt: number): void {
  const discussion = repos.models.find("me/my-model")?.discussions.find(({ num }) => num === 3);
  discussion?.events.push({
    id: "65a1b2c3d4e5f60718293a4b",
    author: "me",
    createdAt,
    type: "comment",
    data: { raw: "Fixed?", updatedAt: createdAt, edits: 0, hidden: false },
  });
}

/** A repository that was just created is nearly empty; these get the files of others. */
function addFiles(state: World, date: number): void {
  const { models, datasets, spaces } = state.repos;
  const gpt2 = models.find("openai-community/gpt2");
  const squad = datasets.find("rajpurkar/squad");
  const example = [...spaces][0];
  const large = gpt2?.git.head.files.get("model.safetensors");
  const small = gpt2?.git.head.files.get("config.json");
  if (
    gpt2 === undefined ||
    squad === undefined ||
    example === undefined ||
    large === undefined ||
    small === undefined
  ) {
    throw new Error("the seeded world lacks the repositories whose files the samples use");
  }
  const ofSpaces = new Map([...example.git.head.files, ["images/cat.png", large]]);
  const plans = [
    [models.find("me/my-model"), gpt2.git.head.files],
    [datasets.find("me/my-dataset"), squad.git.head.files],
    [spaces.find("me/my-space"), ofSpaces],
    [spaces.find("gradio/hello_world"), ofSpaces],
  ] as const;
  for (const [repo, copied] of plans) {
    const files = new Map([...copied, ["weights.bin", large], ["train.ipynb", small]]);
    if (repo !== undefined) {
      state.commit(repo, "refs/heads/main", { title: "Add files", message: "", author: "me", date, files });
    }
  }
}

function addPaper({ papers }: World): void {
  papers.set("2311.12983", {
    id: "2311.12983",
    _id: "655b2e0f9d8f4a5b6c7d8e90",
    title: "A benchmark for general assistants",
    summary: "Questions that are simple for people and hard for machines.",
    authors: [{ _id: "655b2e0f9d8f4a5b6c7d8e9f", name: "me", hidden: false }],
    publishedAt: Date.UTC(2026, 0, 15),
    upvotes: 7,
  });
}
