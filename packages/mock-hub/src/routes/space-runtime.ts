import type { Repo } from "../state/repo.js";

/** What a Space runs on. A static Space has no machine. */
export function spaceRuntime(repo: Repo): Record<string, unknown> {
  if (repo.record.sdk === "static") {
    return { stage: "RUNNING", hardware: { current: null, requested: null }, replicas: { current: 1, requested: 1 } };
  }
  const { stage, hardware, sleepTime, devMode } = repo.space;
  return {
    stage,
    hardware: { current: stage === "RUNNING" ? hardware : null, requested: hardware },
    storage: null,
    gcTimeout: sleepTime,
    replicas: { current: stage === "RUNNING" ? 1 : 0, requested: 1 },
    devMode,
    domains: [],
    sha: repo.git.head.id,
  };
}
