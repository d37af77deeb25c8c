import type { OperationId } from "@hf-api/raw/operations";
import type { Hub } from "../../src/hub.js";
import type { Pages } from "../../src/lists/pages.js";

export interface ListCase {
  operation: OperationId;
  list: (hub: Hub) => Pages<unknown>;
  /** Path and query of each page as sent, but for the parameter that tells pages apart. */
  asks: string;
  /** Whether the Hub must first be asked whose list it is. */
  ofTokenOwner?: true;
}

const repo = "ns/repo";
const org = "my-org";
const username = "ada";

/** The method of each paged operation, with filters wherever it takes some. */
export const listCases: readonly ListCase[] = [
  {
    operation: "listModels",
    list: (hub) => hub.models.list({ search: "a b&c=d", filter: ["license:mit", "gguf"], pageSize: 2 }),
    asks: "/api/models?search=a%20b%26c%3Dd&filter=license%3Amit&filter=gguf&limit=2",
  },
  {
    operation: "listDatasets",
    list: (hub) => hub.datasets.list({ filter: ["language:fr"], pageSize: 2 }),
    asks: "/api/datasets?filter=language%3Afr&limit=2",
  },
  {
    operation: "listSpaces",
    list: (hub) => hub.spaces.list({ models: ["gpt2", "ns/bert"], pageSize: 2 }),
    asks: "/api/spaces?models=gpt2&models=ns%2Fbert&limit=2",
  },
  {
    operation: "listKernels",
    list: (hub) => hub.kernels.list({ author: ["a", "b"], sort: "downloads", pageSize: 2 }),
    asks: "/api/kernels?author=a&author=b&sort=downloads&limit=2",
  },
  ...treeLists("kernels", "Kernel"),
  ...repoLists("models", "Model"),
  ...repoLists("datasets", "Dataset"),
  ...repoLists("spaces", "Space"),
  ...gatedLists("models", "Model"),
  ...gatedLists("datasets", "Dataset"),
  {
    operation: "listPosts",
    list: (hub) => hub.posts.list({ sort: "trending", pageSize: 2 }),
    asks: "/api/posts?sort=trending&limit=2",
  },
  {
    operation: "listBuckets",
    list: (hub) => hub.buckets.list({ search: "runs" }),
    asks: "/api/buckets/me?search=runs",
    ofTokenOwner: true,
  },
  {
    operation: "listBucketRootTree",
    list: (hub) => hub.buckets.files.list({ repo, sort: "uploadedAt", pageSize: 2 }),
    asks: "/api/buckets/ns/repo/tree?sort=uploadedAt&limit=2",
  },
  {
    operation: "listBucketTree",
    list: (hub) => hub.buckets.files.list({ repo, path: "dir/x y", recursive: true }),
    asks: "/api/buckets/ns/repo/tree/dir/x%20y?recursive=true",
  },
  {
    operation: "listCollections",
    list: (hub) => hub.collections.list({ owner: ["a", "b"], expand: false, pageSize: 2 }),
    asks: "/api/collections?owner=a&owner=b&expand=false&limit=2",
  },
  {
    operation: "listDiscussions",
    list: (hub) => hub.discussions.list({ repo, type: "dataset", kind: "pull_request", status: "open" }),
    asks: "/api/datasets/ns/repo/discussions?type=pull_request&status=open",
  },
  {
    operation: "listJobs",
    list: (hub) => hub.jobs.list({ label: ["team=nlp", "kind=eval"], stage: ["RUNNING"] }),
    asks: "/api/jobs/me?label=team%3Dnlp&label=kind%3Deval&stage=RUNNING",
    ofTokenOwner: true,
  },
  {
    operation: "listNotifications",
    list: (hub) => hub.notifications.list({ readStatus: "unread", mention: "participating" }),
    asks: "/api/notifications?readStatus=unread&mention=participating",
  },
  {
    operation: "listMyRepos",
    list: (hub) => hub.account.listRepos({ type: "dataset", direction: "asc", pageSize: 2 }),
    asks: "/api/settings/repositories?type=dataset&direction=asc&limit=2",
  },
  {
    operation: "listOrganizationRepos",
    list: (hub) => hub.organizations.listRepos({ org, type: "bucket", pageSize: 2 }),
    asks: "/api/organizations/my-org/settings/repositories?type=bucket&limit=2",
  },
  {
    operation: "listOrganizationMembers",
    list: (hub) => hub.organizations.listMembers({ org, search: "a", pageSize: 10 }),
    asks: "/api/organizations/my-org/members?search=a&limit=10",
  },
  {
    operation: "listOrganizationFollowers",
    list: (hub) => hub.organizations.listFollowers({ org, pageSize: 10 }),
    asks: "/api/organizations/my-org/followers?limit=10",
  },
  {
    operation: "listUserFollowers",
    list: (hub) => hub.users.listFollowers({ username, pageSize: 10 }),
    asks: "/api/users/ada/followers?limit=10",
  },
  {
    operation: "listUserFollowing",
    list: (hub) => hub.users.listFollowing({ username }),
    asks: "/api/users/ada/following",
  },
  {
    operation: "listUserLikes",
    list: (hub) => hub.users.listLikes({ username, pageSize: 2 }),
    asks: "/api/users/ada/likes?limit=2",
  },
  {
    operation: "listPapers",
    list: (hub) => hub.papers.list({ pageSize: 2 }),
    asks: "/api/papers?limit=2",
  },
  {
    operation: "listDailyPapers",
    list: (hub) => hub.papers.listDaily({ week: "2025-W09", submitter: "ada", pageSize: 2 }),
    asks: "/api/daily_papers?week=2025-W09&submitter=ada&limit=2",
  },
  ...scimLists("scim", "scim", "Scim"),
  ...scimLists("scimProvisioning", "scim-provisioning", "ScimProvisioning"),
];

function repoLists(kind: "models" | "datasets" | "spaces", name: "Model" | "Dataset" | "Space"): ListCase[] {
  const base = `/api/${kind}/ns/repo`;
  return [
    {
      operation: `list${name}Commits`,
      list: (hub) => hub[kind].listCommits({ repo, revision: "refs/pr/1", expand: ["formatted"], pageSize: 2 }),
      asks: `${base}/commits/refs%2Fpr%2F1?expand=formatted&limit=2`,
    },
    {
      operation: `list${name}Likers`,
      list: (hub) => hub[kind].listLikers({ repo }),
      asks: `${base}/likers`,
    },
    {
      operation: `list${name}LfsFiles`,
      list: (hub) => hub[kind].files.listLfs({ repo, xet: true, pageSize: 2 }),
      asks: `${base}/lfs-files?xet=true&limit=2`,
    },
    ...treeLists(kind, name),
  ];
}

function treeLists(
  kind: "models" | "datasets" | "spaces" | "kernels",
  name: "Model" | "Dataset" | "Space" | "Kernel",
): ListCase[] {
  const base = `/api/${kind}/ns/repo`;
  return [
    {
      operation: `list${name}RootTree`,
      list: (hub) => hub[kind].files.list({ repo, recursive: true, pageSize: 2 }),
      asks: `${base}/tree/main?recursive=true&limit=2`,
    },
    {
      operation: `list${name}Tree`,
      list: (hub) => hub[kind].files.list({ repo, revision: "refs/pr/1", path: "dir/x y", expand: true, pageSize: 2 }),
      asks: `${base}/tree/refs%2Fpr%2F1/dir/x%20y?expand=true&limit=2`,
    },
  ];
}

function gatedLists(kind: "models" | "datasets", name: "Model" | "Dataset"): ListCase[] {
  return [
    {
      operation: `list${name}AccessRequests`,
      list: (hub) => hub[kind].listAccessRequests({ repo, status: "pending", after: "2026-02-01T00:00:00.000Z" }),
      asks: `/api/${kind}/ns/repo/user-access-request/pending?after=2026-02-01T00%3A00%3A00.000Z`,
    },
  ];
}

function scimLists(
  namespace: "scim" | "scimProvisioning",
  family: "scim" | "scim-provisioning",
  name: "Scim" | "ScimProvisioning",
): ListCase[] {
  const base = `/api/organizations/my-org/${family}/v2`;
  return [
    {
      operation: `list${name}Users`,
      list: (hub) => hub[namespace].listUsers({ org, filter: "userName eq Bob", pageSize: 2 }),
      asks: `${base}/Users?filter=userName%20eq%20Bob&count=2`,
    },
    {
      operation: `list${name}Groups`,
      list: (hub) => hub[namespace].listGroups({ org, excludedAttributes: "members", pageSize: 2 }),
      asks: `${base}/Groups?excludedAttributes=members&count=2`,
    },
  ];
}
