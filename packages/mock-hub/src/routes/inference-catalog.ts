import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { Repo } from "../state/repo.js";

/** What models are for, and who runs them. */
export function addInferenceCatalogRoutes(router: Router): void {
  router.add("GET", "/api/tasks", (call) => json(tasks(call)));
  router.add("GET", "/api/partners/{provider}/models", providerModels);
}

/** Public models with a task. */
function modelsOf(call: Call): Repo[] {
  return [...call.world.repos.models].filter(({ record }) => record.visibility === "public" && record.pipelineTag);
}

function tasks(call: Call): Record<string, unknown> {
  const byTask = new Map<string, Repo[]>();
  for (const repo of modelsOf(call)) {
    const task = repo.record.pipelineTag ?? "";
    byTask.set(task, [...(byTask.get(task) ?? []), repo]);
  }
  return Object.fromEntries(
    Array.from(byTask, ([id, repos]) => {
      const best = repos.toSorted((a, b) => b.record.likes - a.record.likes).slice(0, 3);
      const models = best.map((repo) => ({ id: repo.id, description: `A model for ${id}.` }));
      const label = id.replaceAll("-", " ").replace(/\b[a-z]/g, (letter) => letter.toUpperCase());
      const widgetModels = models.slice(0, 1).map((model) => model.id);
      const lists = { models, datasets: [], spaces: [], metrics: [], widgetModels, libraries: [] };
      return [id, { id, label, summary: "", isPlaceholder: false, demo: { inputs: [], outputs: [] }, ...lists }];
    }),
  );
}

/** What the provider serves, by task and model. */
function providerModels(call: Call): Answer {
  const wanted = call.param("provider");
  const found: Record<string, Record<string, { status: string; providerId: string }>> = {};
  for (const repo of modelsOf(call)) {
    for (const { provider, providerId, task, status } of repo.record.inferenceProviders ?? []) {
      if (provider === wanted) (found[task] ??= {})[repo.id] = { status, providerId };
    }
  }
  if (Object.keys(found).length === 0) throw new Refusal(404, `There is no inference provider "${wanted}"`);
  return json(found);
}
