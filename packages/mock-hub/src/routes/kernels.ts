import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import type { Router } from "../http/router.js";
import type { Commit } from "../state/git.js";
import { isoDate } from "../state/world.js";
import { accountCard } from "./account-view.js";
import { resourceGroupOf } from "./repo-view.js";

/** What is told of one kernel differs from what is returned of other repositories. */
export function addKernelRoutes(router: Router): void {
  const one = "/api/kernels/{namespace}/{repo}";
  router.add("GET", one, (call) => kernelInfo(call, call.repo("kernels").git.head));
  router.add("GET", `${one}/revision/{rev}`, (call) => kernelInfo(call, call.revision(call.repo("kernels"))));
}

function kernelInfo(call: Call, commit: Commit): Answer {
  const repo = call.repo("kernels");
  const { owner, downloads, gated, likes, lastModified } = repo.record;
  const resourceGroup = resourceGroupOf(repo, call.world);
  return json({
    id: repo.id,
    author: owner,
    authorData: accountCard(owner, call.world),
    repoType: "kernel",
    sha: commit.id,
    lastModified: isoDate(commit === repo.git.head ? lastModified : commit.date),
    private: repo.isPrivate,
    gated,
    downloads,
    likes,
    isLikedByUser: call.token !== undefined && repo.likers.has(call.token.user.name),
    files: [...commit.files.keys()].sort(),
    trustedPublisher: false,
    ...(resourceGroup && { resourceGroup }),
  });
}
