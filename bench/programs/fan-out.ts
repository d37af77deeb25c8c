import { setTimeout as sleep } from "node:timers/promises";
import type { ContenderName } from "../contenders/contender.js";
import { token } from "../contenders/contender.js";
import { createContender } from "../contenders/create.js";
import { answering } from "../lib/answering.js";

export interface Outcome {
  seconds: number;
  successes: number;
}

const [name, endpoint = ""] = process.argv.slice(2);
const get = name === "patient fetch" ? patiently : (await createContender(name as ContenderName, endpoint)).getModel;

answering<number>(async (lookups) => {
  const started = performance.now();
  const repos = Array.from({ length: lookups }, (_, number) => `engines/model-${number}`);
  const outcomes = await Promise.allSettled(repos.map((repo) => get(repo)));
  const successes = outcomes.filter(({ status }) => status === "fulfilled").length;
  return { seconds: (performance.now() - started) / 1000, successes } satisfies Outcome;
});

/** What one would write by hand: waits for as long as a refusal says, and asks again. */
async function patiently(repo: string): Promise<unknown> {
  for (;;) {
    const response = await fetch(`${endpoint}/api/models/${repo}`, { headers: { authorization: `Bearer ${token}` } });
    if (response.ok) return response.json();
    if (response.status !== 429) throw new Error(`${repo} responded with ${response.status}`);
    await response.arrayBuffer();
    await sleep(1000 * Number(/t=(\d+)/.exec(response.headers.get("ratelimit") ?? "")?.[1] ?? 1));
  }
}
