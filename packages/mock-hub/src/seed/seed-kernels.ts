import { Repo, type RepoRecord } from "../state/repo.js";
import type { World } from "../state/world.js";
import { seedGit } from "./seed-git.js";

const owner = "kernels-community";
const created = Date.UTC(2025, 5, 1);
const month = 30 * 86_400_000;

/** A few kernels of one organization, each with a branch for its first version. */
export function seedKernels(world: World): void {
  const random = world.randomFor("kernels");
  world.accounts.add({
    type: "org",
    _id: random.hex(24),
    name: owner,
    fullname: "Kernels community",
    details: "Kernels community exists in this mock only.",
    isVerified: false,
    members: new Map([["noor", "admin"]]),
    resourceGroups: [],
  });
  for (const [index, name] of ["activation", "relu", "rotary"].entries()) {
    const record: RepoRecord = {
      _id: random.hex(24),
      kind: "kernels",
      owner,
      name,
      visibility: "public",
      gated: false,
      likes: random.integer(1, 90),
      downloads: random.integer(100, 90_000),
      trendingScore: random.integer(0, 20),
      createdAt: created + index * month,
      lastModified: created + (index + 2) * month,
      tags: ["kernel", "license:apache-2.0"],
      settings: {},
    };
    const git = (repo: Repo): ReturnType<typeof seedGit> => {
      const seeded = seedGit(repo, world.randomFor(`git/${record._id}`), 2);
      if (seeded.head.parent) seeded.refs.set("refs/heads/v1", seeded.head.parent);
      return seeded;
    };
    world.repos.kernels.add(new Repo(record, { git, discussions: () => [] }));
  }
}
