import { rows as account } from "./rows/account.js";
import { rows as agents } from "./rows/agents.js";
import { rows as auth } from "./rows/auth.js";
import { rows as billing } from "./rows/billing.js";
import { rows as buckets } from "./rows/buckets.js";
import { rows as collections } from "./rows/collections.js";
import { rows as datasets } from "./rows/datasets.js";
import { rows as discussions } from "./rows/discussions.js";
import { rows as docs } from "./rows/docs.js";
import { rows as inferenceEndpoints } from "./rows/inference-endpoints.js";
import { rows as jobs } from "./rows/jobs.js";
import { rows as listFilters } from "./rows/list-filters.js";
import { rows as kernels } from "./rows/kernels.js";
import { rows as models } from "./rows/models.js";
import { rows as notifications } from "./rows/notifications.js";
import { rows as oauth } from "./rows/oauth.js";
import { rows as organizations } from "./rows/organizations.js";
import { rows as papers } from "./rows/papers.js";
import { rows as posts } from "./rows/posts.js";
import { rows as provisioning } from "./rows/provisioning.js";
import { rows as registry } from "./rows/registry.js";
import { rows as repos } from "./rows/repos.js";
import { rows as resourceGroups } from "./rows/resource-groups.js";
import { rows as scheduledJobs } from "./rows/scheduled-jobs.js";
import { rows as scim } from "./rows/scim.js";
import { rows as scimProvisioning } from "./rows/scim-provisioning.js";
import { rows as search } from "./rows/search.js";
import { rows as serviceAccounts } from "./rows/service-accounts.js";
import { rows as spaces } from "./rows/spaces.js";
import { rows as sqlConsole } from "./rows/sql-console.js";
import { rows as tokens } from "./rows/tokens.js";
import { rows as users } from "./rows/users.js";
import { rows as webhooks } from "./rows/webhooks.js";
import type { Row } from "./row.js";

export const allRows: readonly Row[] = [
  ...account,
  ...agents,
  ...auth,
  ...billing,
  ...buckets,
  ...collections,
  ...datasets,
  ...discussions,
  ...docs,
  ...inferenceEndpoints,
  ...jobs,
  ...listFilters,
  ...kernels,
  ...models,
  ...notifications,
  ...oauth,
  ...organizations,
  ...papers,
  ...posts,
  ...provisioning,
  ...registry,
  ...repos,
  ...resourceGroups,
  ...scheduledJobs,
  ...scim,
  ...scimProvisioning,
  ...search,
  ...serviceAccounts,
  ...spaces,
  ...sqlConsole,
  ...tokens,
  ...users,
  ...webhooks,
];
