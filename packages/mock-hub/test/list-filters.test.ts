import { beforeAll, describe, expect, it } from "vitest";
import { createMockHub } from "../src/index.js";
import type { Repo } from "../src/state/repo.js";
import { apiOf, pluck, present } from "./api.js";

const hub = createMockHub({ seed: 1 });
const api = apiOf(hub);
const gpt2 = present(hub.state.repos.models.find("openai-community/gpt2"));
const bert = present(hub.state.repos.models.find("google-bert/bert-base-uncased"));

async function ids(path: string): Promise<unknown[]> {
  const { status, body } = await api("GET", `${path}${path.includes("?") ? "&" : "?"}limit=1000`);
  expect(status).toBe(200);
  return pluck(body, "id").toSorted();
}

function visible(kind: "models" | "spaces", test: (repo: Repo) => boolean): string[] {
  return [...hub.state.repos[kind]]
    .filter((repo) => !repo.isPrivate && test(repo))
    .map(({ id }) => id)
    .toSorted();
}

beforeAll(() => {
  for (const repo of hub.state.repos.models) delete repo.record.inferenceProviders;
  const served = { providerId: "gpt-2", task: "text-generation" };
  gpt2.record.inferenceProviders = [
    { ...served, provider: "together", status: "live" },
    { ...served, provider: "novita", status: "staging" },
  ];
  bert.record.inferenceProviders = [{ ...served, provider: "novita", status: "error" }];
  gpt2.record.tags.push("gguf");
});

describe("models", () => {
  it("are found by who serves them, several names joined or repeated", async () => {
    expect(await ids("/api/models?inference_provider=together")).toEqual([gpt2.id]);
    for (const query of [
      "inference_provider=novita",
      "inference_provider=together,novita",
      "inference_provider=together&inference_provider=novita",
      "inference_provider=all",
    ])
      expect(await ids(`/api/models?${query}`)).toEqual([bert.id, gpt2.id]);
    expect(await ids("/api/models?inference_provider=groq")).toEqual([]);
  });

  it("are warm where some provider serves them now", async () => {
    expect(await ids("/api/models?inference=warm")).toEqual([gpt2.id]);
    expect((await api("GET", "/api/models?inference=lukewarm")).status).toBe(400);
  });

  it("tell who serves them, in a list as a list and alone by name", async () => {
    const mapping = { providerId: "gpt-2", task: "text-generation", type: "single-model", isModelAuthor: false };
    const { body } = await api("GET", "/api/models?search=gpt2&inference=warm&expand=inferenceProviderMapping");
    expect(body).toMatchObject([
      {
        inferenceProviderMapping: [
          { _id: expect.stringMatching(/^[0-9a-f]{24}$/), provider: "together", status: "live", ...mapping },
          { provider: "novita", status: "staging", ...mapping },
        ],
      },
    ]);
    const { body: one } = await api("GET", `/api/models/${gpt2.id}?expand=inferenceProviderMapping&expand=inference`);
    expect(one).toMatchObject({
      inference: "warm",
      inferenceProviderMapping: { together: { status: "live", ...mapping }, novita: { status: "staging", ...mapping } },
    });
  });

  it("are found by the apps that run them", async () => {
    const withTags = (...tags: string[]) =>
      visible("models", ({ record }) => tags.some((tag) => record.tags.includes(tag)));
    expect(await ids("/api/models?apps=llama.cpp")).toEqual(withTags("gguf"));
    expect(await ids("/api/models?apps=llama.cpp&apps=vllm")).toEqual(withTags("gguf", "transformers"));
    expect(await ids("/api/models?apps=llama.cpp,vllm")).toEqual(withTags("gguf", "transformers"));
  });

  it("are found by how many parameters they have", async () => {
    const { body } = await api("GET", `/api/models/${gpt2.id}?expand=safetensors`);
    const { total } = (body as { safetensors: { total: number } }).safetensors;
    const author = "/api/models?author=openai-community&search=gpt2";
    expect(await ids(`${author}&num_parameters=min:${total}`)).toContain(gpt2.id);
    expect(await ids(`${author}&num_parameters=min:1,max:1T`)).toContain(gpt2.id);
    expect(await ids(`${author}&num_parameters=min:${total + 1}`)).toEqual([]);
    expect(await ids(`${author}&num_parameters=max:${total - 1}`)).toEqual([]);
    expect((await api("GET", "/api/models?num_parameters=large")).status).toBe(400);
  });
});

describe("Spaces", () => {
  it("are found by the models and datasets that they use", async () => {
    const using = visible("spaces", ({ record }) => record.usedModels?.includes(gpt2.id) ?? false);
    expect(using.length).toBeGreaterThan(0);
    expect(await ids(`/api/spaces?models=${gpt2.id}`)).toEqual(using);
    const reading = visible("spaces", ({ record }) => record.usedDatasets?.includes("rajpurkar/squad") ?? false);
    expect(await ids("/api/spaces?datasets=rajpurkar/squad")).toEqual(reading);
    expect(await ids(`/api/spaces?models=${gpt2.id}&datasets=rajpurkar/squad`)).toEqual(
      using.filter((id) => reading.includes(id)),
    );
    expect(await ids("/api/spaces?models=nobody/nothing")).toEqual([]);
  });

  it("are found by whether they use any", async () => {
    const linked = visible("spaces", ({ record }) => (record.usedModels ?? record.usedDatasets) !== undefined);
    expect(await ids("/api/spaces?linked=true")).toEqual(linked);
    expect((await ids("/api/spaces")).length).toBeGreaterThan(linked.length);
  });
});

describe("daily papers", () => {
  const papers = [...hub.state.papers.values()];
  const daily = async (query: string) => {
    const { status, body } = await api("GET", `/api/daily_papers?limit=100&${query}`);
    return status === 200 ? (body as { paper: { id: string } }[]).map(({ paper }) => paper.id).toSorted() : status;
  };
  const published = (test: (day: string) => boolean) =>
    papers
      .filter(({ publishedAt }) => test(new Date(publishedAt).toISOString().slice(0, 10)))
      .map(({ id }) => id)
      .toSorted();

  it("are those of a day, a week or a month", async () => {
    const day = new Date(present(papers[0]).publishedAt).toISOString().slice(0, 10);
    expect(await daily(`date=${day}`)).toEqual(published((other) => other === day));
    const month = day.slice(0, 7);
    expect(await daily(`month=${month}`)).toEqual(published((other) => other.startsWith(month)));
    expect(await daily("month=1999-01")).toEqual([]);
  });

  it("count weeks from Monday, the first being that of the year's first Thursday", async () => {
    const [first] = papers;
    const own = createMockHub({ seed: 1 });
    own.state.papers.clear();
    const add = (id: string, publishedAt: string) =>
      own.state.papers.set(id, { ...present(first), id, publishedAt: Date.parse(publishedAt) });
    add("1", "2024-12-29T23:00:00Z");
    add("2", "2024-12-30T00:00:00Z");
    add("3", "2025-01-05T23:59:00Z");
    add("4", "2025-01-06T00:00:00Z");
    const { body } = await apiOf(own)("GET", "/api/daily_papers?week=2025-W01");
    expect((body as { paper: { id: string } }[]).map(({ paper }) => paper.id).toSorted()).toEqual(["2", "3"]);
  });

  it("are those of a submitter", async () => {
    const submitted = papers
      .filter(({ submitter }) => submitter === "ada")
      .map(({ id }) => id)
      .toSorted();
    expect(submitted.length).toBeLessThan(papers.length);
    expect(await daily("submitter=ada")).toEqual(submitted);
    expect(await daily("submitter=nobody")).toEqual([]);
  });

  it.each(["date=yesterday", "date=2025-02-30", "week=2025-W60", "week=1", "month=2025-13", "sort=size"])(
    "answer 400 to %s",
    async (query) => expect(await daily(query)).toBe(400),
  );
});
