import type { OpenApiDocument } from "./openapi/document.js";
import { addGeneratedRoutes } from "./openapi/generated-routes.js";
import { Router } from "./router.js";
import { addAccessRequestRoutes } from "./routes/access-requests.js";
import { addBucketFileRoutes } from "./routes/bucket-files.js";
import { addBucketRoutes } from "./routes/buckets.js";
import { addCollectionRoutes } from "./routes/collections.js";
import { addCommitWriteRoutes } from "./routes/commit.js";
import { addCommitRoutes } from "./routes/commits.js";
import { addDiscussionRoutes } from "./routes/discussions.js";
import { addJobRoutes } from "./routes/jobs.js";
import { addKernelRoutes } from "./routes/kernels.js";
import { addLfsFileRoutes } from "./routes/lfs-files.js";
import { addLfsRoutes } from "./routes/lfs.js";
import { addLikeRoutes } from "./routes/likes.js";
import { addOAuthRoutes } from "./routes/oauth.js";
import { addOrganizationRoutes } from "./routes/organizations.js";
import { addPaperRoutes } from "./routes/papers.js";
import { addPreuploadRoutes } from "./routes/preupload.js";
import { addRepoInfoRoutes } from "./routes/repo-info.js";
import { addRepoLifecycleRoutes } from "./routes/repo-lifecycle.js";
import { addRepoListRoutes } from "./routes/repo-lists.js";
import { addResolveRoutes } from "./routes/resolve.js";
import { addResourceGroupRoutes } from "./routes/resource-groups.js";
import { addRevisionRoutes } from "./routes/revisions.js";
import { addScheduledJobRoutes } from "./routes/scheduled-jobs.js";
import { addSpaceRoutes } from "./routes/space-settings.js";
import { addTreeRoutes } from "./routes/tree.js";
import { addUserRoutes } from "./routes/users.js";
import { addValidateCardRoutes } from "./routes/validate-card.js";
import { addWebhookRoutes } from "./routes/webhooks.js";
import { addWhoamiRoutes } from "./routes/whoami.js";

const families: readonly ((router: Router) => void)[] = [
  addWhoamiRoutes,
  addOAuthRoutes,
  addUserRoutes,
  addOrganizationRoutes,
  addResourceGroupRoutes,
  addRepoListRoutes,
  addRepoInfoRoutes,
  addRepoLifecycleRoutes,
  addValidateCardRoutes,
  addTreeRoutes,
  addKernelRoutes,
  addResolveRoutes,
  addCommitRoutes,
  addPreuploadRoutes,
  addCommitWriteRoutes,
  addLfsRoutes,
  addLfsFileRoutes,
  addBucketRoutes,
  addBucketFileRoutes,
  addRevisionRoutes,
  addDiscussionRoutes,
  addLikeRoutes,
  addAccessRequestRoutes,
  addSpaceRoutes,
  addCollectionRoutes,
  addPaperRoutes,
  addJobRoutes,
  addScheduledJobRoutes,
  addWebhookRoutes,
];

/** The operations that keep state and, given the Hub's document, all others that it describes. */
export function createRoutes(document: OpenApiDocument | undefined): Router {
  const router = new Router();
  for (const addRoutes of families) addRoutes(router);
  if (document) addGeneratedRoutes(router, document);
  return router;
}
