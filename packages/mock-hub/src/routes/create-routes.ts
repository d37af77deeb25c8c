import type { OpenApiDocument } from "../openapi/document.js";
import { addGeneratedRoutes } from "../openapi/generated-routes.js";
import { Router } from "../http/router.js";
import { addAccessRequestRoutes } from "./access-requests.js";
import { addAvatarRoutes } from "./avatars.js";
import { addBucketFileRoutes } from "./bucket-files.js";
import { addBucketRoutes } from "./buckets.js";
import { addCollectionRoutes } from "./collections.js";
import { addCommitWriteRoutes } from "./commit.js";
import { addCommitRoutes } from "./commits.js";
import { addCompareRoutes } from "./compare.js";
import { addDiscussionRoutes } from "./discussions.js";
import { addHardwareRoutes } from "./hardware.js";
import { addInferenceCatalogRoutes } from "./inference-catalog.js";
import { addJobRoutes } from "./jobs.js";
import { addKernelRoutes } from "./kernels.js";
import { addLandingPage } from "./landing-page.js";
import { addLfsFileRoutes } from "./lfs-files.js";
import { addLfsRoutes } from "./lfs.js";
import { addLikeRoutes } from "./likes.js";
import { addOAuthConsentRoutes } from "./oauth-consent.js";
import { addOAuthRoutes } from "./oauth.js";
import { addOpenIdRoutes } from "./openid-configuration.js";
import { addOrganizationRoutes } from "./organizations.js";
import { addOwnedRepoRoutes } from "./owned-repos.js";
import { addPaperRoutes } from "./papers.js";
import { addPostRoutes } from "./posts.js";
import { addPreuploadRoutes } from "./preupload.js";
import { addRepoInfoRoutes } from "./repo-info.js";
import { addRepoLifecycleRoutes } from "./repo-lifecycle.js";
import { addRepoListRoutes } from "./repo-lists.js";
import { addResolveRoutes } from "./resolve.js";
import { addResourceGroupRoutes } from "./resource-groups.js";
import { addRevisionRoutes } from "./revisions.js";
import { addScheduledJobRoutes } from "./scheduled-jobs.js";
import { addSpaceRoutes } from "./space-settings.js";
import { addTreeRoutes } from "./tree.js";
import { addUserRoutes } from "./users.js";
import { addValidateCardRoutes } from "./validate-card.js";
import { addWebhookRoutes } from "./webhooks.js";
import { addWhoamiRoutes } from "./whoami.js";

const families: readonly ((router: Router) => void)[] = [
  addLandingPage,
  addWhoamiRoutes,
  addOAuthRoutes,
  addOpenIdRoutes,
  addOAuthConsentRoutes,
  addUserRoutes,
  addAvatarRoutes,
  addOrganizationRoutes,
  addOwnedRepoRoutes,
  addResourceGroupRoutes,
  addRepoListRoutes,
  addRepoInfoRoutes,
  addRepoLifecycleRoutes,
  addValidateCardRoutes,
  addTreeRoutes,
  addKernelRoutes,
  addResolveRoutes,
  addCommitRoutes,
  addCompareRoutes,
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
  addPostRoutes,
  addInferenceCatalogRoutes,
  addHardwareRoutes,
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
