import type { Random } from "../random.js";
import { themes, type Collection } from "../state/collection.js";
import type { Job } from "../state/job.js";
import type { Paper } from "../state/paper.js";
import type { World } from "../state/world.js";
import * as words from "./vocabulary.js";

const day = 86_400_000;
const firstPaper = Date.UTC(2025, 10, 1);

export function seedPapers(world: World): void {
  const random = world.randomFor("papers");
  for (let index = 0; index < 24; index++) {
    const subject = random.pick(words.modelNames);
    const paper: Paper = {
      id: `2511.${String(10_000 + index * 7)}`,
      _id: random.hex(24),
      title: `On ${random.pick(words.tasks)} with ${subject}`,
      summary: `We train ${subject} on ${random.pick(words.datasetScopes)} ${random.pick(words.datasetTopics)} and report what we found.`,
      authors: [random.pick(words.people), random.pick(words.people)].map(([, name]) => ({
        _id: random.hex(24),
        name,
        hidden: false,
      })),
      publishedAt: firstPaper + Math.floor(index / 3) * day,
      upvotes: random.skewed(0, 200),
      submitter: words.people[index % 3 === 0 ? 2 : 0][0],
    };
    world.papers.set(paper.id, paper);
  }
}

export function seedPosts(world: World): void {
  const random = world.randomFor("posts");
  for (let index = 0; index < 24; index++) {
    const [author] = words.people[index % words.people.length] ?? words.people[0];
    const fans = words.people.slice(0, random.integer(0, words.people.length)).map(([name]) => name);
    world.posts.push({
      slug: String(100_000_000_000_000 + random.integer(0, 899_999_999_999_999)),
      author,
      text: `${random.pick(words.modelNames)} now does ${random.pick(words.tasks)} on ${random.pick(words.datasetTopics)}.`,
      publishedAt: firstPaper + index * day,
      numComments: random.skewed(0, 20),
      impressions: random.skewed(100, 5000),
      reactions: new Map([["🔥", fans]]),
    });
  }
}

export function seedCollections(world: World): void {
  const random = world.randomFor("collections");
  const owners = ["ada", "acme-research", "grace", "northwind-ai", "open-weights"] as const;
  for (let index = 0; index < 15; index++) {
    const collection: Collection = {
      id: random.hex(24),
      owner: owners[index % owners.length] ?? "ada",
      title: `${random.pick(words.modelNames)} and ${random.pick(words.datasetTopics)}`,
      theme: random.pick(themes),
      private: false,
      position: index,
      upvotes: random.skewed(0, 90),
      lastUpdated: firstPaper + index * day,
      gating: false,
      items: [],
    };
    for (const id of somePublicModels(world, random)) collection.items.push({ _id: random.hex(24), type: "model", id });
    const [paper] = world.papers.keys();
    if (paper !== undefined) collection.items.push({ _id: random.hex(24), type: "paper", id: paper });
    world.collections.push(collection);
  }
}

/** Neighbours in the order of creation: reading all ids of a large world would cost more than it gives. */
function somePublicModels(world: World, random: Random): string[] {
  const start = random.integer(0, 20);
  const found: string[] = [];
  let index = 0;
  for (const repo of world.repos.models) {
    if (index++ < start || repo.isPrivate) continue;
    found.push(repo.id);
    if (found.length === 5) break;
  }
  return found;
}

/** One job that ended long ago, in each namespace that Ada may use. */
export function seedJobs(world: World): void {
  const random = world.randomFor("jobs");
  for (const namespace of ["ada", "acme-research"]) {
    const job: Job = {
      id: random.hex(24),
      namespace,
      createdBy: "ada",
      createdAt: firstPaper,
      spec: {
        dockerImage: "python:3.12",
        command: ["python", "-c", "print(1)"],
        flavor: "cpu-basic",
        environment: {},
        secrets: [],
      },
      labels: {},
    };
    world.jobs.push(job);
  }
}
