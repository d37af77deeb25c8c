import type { World } from "../state/world.js";
import { seedAccounts } from "./seed-accounts.js";
import { seedBuckets } from "./seed-buckets.js";
import { seedHardware } from "./seed-hardware.js";
import { seedKernels } from "./seed-kernels.js";
import { seedCollections, seedJobs, seedPapers, seedPosts } from "./seed-social.js";
import { seedRepos, type RepoCounts } from "./seed-repos.js";

export type SeededTokens = Record<"read" | "write" | "other", string>;

/** Fills an empty world. */
export function seedWorld(world: World, counts: RepoCounts): SeededTokens {
  seedAccounts(world);
  seedRepos(world, counts);
  seedBuckets(world);
  seedPapers(world);
  seedPosts(world);
  seedCollections(world);
  seedJobs(world);
  seedKernels(world);
  seedHardware(world);
  return {
    read: issue(world, "ada", "read"),
    write: issue(world, "ada", "write"),
    other: issue(world, "grace", "write"),
  };
}

// Tokens look like the Hub's, so that clients which check the prefix take them, and like nobody's secret.
function issue(world: World, name: string, role: "read" | "write"): string {
  const user = world.accounts.user(name);
  if (!user) throw new Error(`The seeded world has no user "${name}"`);
  return world.accounts.issueToken(`hf_mock_${name}_${role}`, { user, role });
}
