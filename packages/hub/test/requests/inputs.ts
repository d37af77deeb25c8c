/**
 * Parameters and body properties that methods do not take by their name. Whatever else an operation takes, its methods
 * take by the same name, also what the Hub adds from now on: `inputs.test.ts` checks both.
 */
export type InputElsewhere = Named & (Renamed | LeftOut);

interface Named {
  /** Methods below `hub`; `*` stands for any namespace. */
  methods: readonly string[];
  names: readonly string[];
}

/** The method takes it under another name. */
interface Renamed {
  as: string;
}

/** The method takes it in no way. */
interface LeftOut {
  leftOut: string;
}

export const inputsElsewhere: readonly InputElsewhere[] = [
  { methods: ["*"], names: ["cursor", "p", "skip", "startIndex"], leftOut: "A list asks for its own next page." },
  { methods: ["*"], names: ["schemas"], leftOut: "SCIM has one value for it in each operation." },
  { methods: ["*.getRefs"], names: ["include_prs"], as: "includePullRequests" },
  {
    methods: ["*.commit", "*.createCommit", "*.files.preupload", "*.files.upload"],
    names: ["create_pr"],
    as: "createPullRequest",
  },
  { methods: ["*.createCommit"], names: ["hot_reload"], as: "hotReload" },
  { methods: ["*.commit"], names: ["hot_reload"], leftOut: "It is for one small file, which createCommit commits." },
  { methods: ["*.files.download", "*.files.downloadCached"], names: ["Range"], as: "range" },
  { methods: ["models.files.getSafetensorsMetadata"], names: ["Range"], leftOut: "It reads the header of a file." },
  { methods: ["*.files.exists"], names: ["paths"], as: "path" },
  { methods: ["*.files.exists"], names: ["expand"], leftOut: "Nothing is told of a file but whether it is there." },
  {
    methods: ["datasets.exists", "models.exists", "spaces.exists"],
    names: ["blobs", "expand", "full", "securityStatus"],
    leftOut: "Nothing is told of a repository but whether it is there.",
  },
  { methods: ["*.files.deleteLfsBatch"], names: ["deletions"], as: "sha" },
  { methods: ["*.files.getLfsTransfers"], names: ["ref"], as: "revision" },
  { methods: ["*.files.getLfsTransfers"], names: ["hash_algo"], leftOut: "There is one value." },
  {
    methods: ["*.files.upload"],
    names: ["gitAttributes", "gitIgnore"],
    leftOut: "They are read from the files that go along.",
  },
  {
    methods: ["*.getJwt"],
    names: ["expiration", "include_pro_status"],
    leftOut: "`expires_in` bounds the token; what its payload tells of the plan is for the Hub's own pages.",
  },
  { methods: ["papers.index"], names: ["arxivId"], as: "paperId" },
  { methods: ["repos.create", "repos.delete"], names: ["name", "organization"], as: "repo" },
  { methods: ["repos.move"], names: ["fromRepo"], as: "from" },
  { methods: ["repos.move"], names: ["toRepo"], as: "to" },
  { methods: ["repos.validateCard"], names: ["repoType"], as: "type" },
  { methods: ["*.duplicate"], names: ["repository"], as: "to" },
  {
    methods: ["datasets.duplicate", "models.duplicate"],
    names: ["hardware", "secrets", "sleepTimeSeconds", "variables", "volumes"],
    leftOut: "They are for Spaces.",
  },
  { methods: ["scim.*", "scimProvisioning.*"], names: ["Operations"], as: "operations" },
  { methods: ["scim.*", "scimProvisioning.*"], names: ["count"], as: "pageSize" },
  {
    methods: ["organizations.getAvatar", "users.getAvatar"],
    names: ["redirect"],
    leftOut: "The response would be the picture, which downloadAvatar fetches.",
  },
  {
    methods: ["oauth.waitForDeviceToken"],
    names: [
      "client_secret",
      "code",
      "code_verifier",
      "grant_type",
      "redirect_uri",
      "refresh_token",
      "resource",
      "subject_token",
      "subject_token_type",
    ],
    leftOut: "They belong to other grants.",
  },
];

/** Methods that do not take what an operation may take one day as parameter or body, and why. */
export interface ClosedInput {
  methods: readonly string[];
  /** All of theirs unless named. */
  operation?: string;
  part: "query" | "body";
  reason: string;
}

export const closedInputs: readonly ClosedInput[] = [
  {
    methods: ["*.commit", "*.files.upload"],
    part: "query",
    reason: "It makes several requests, each with its own input.",
  },
  { methods: ["*.files.upload"], part: "body", reason: "It makes several requests, each with its own input." },
  { methods: ["*.createCommit", "*.files.preupload"], part: "query", reason: "What is given goes into the body." },
  {
    methods: ["search.quick"],
    operation: "quickSearchByPost",
    part: "body",
    reason: "It takes what a search by GET takes, and sends that.",
  },
  {
    methods: ["search.quick"],
    operation: "quickSearchByPost",
    part: "query",
    reason: "All that is given goes into the body.",
  },
  {
    methods: ["notifications.delete", "notifications.markAsRead"],
    part: "body",
    reason: "What is given besides the ids is a filter, which goes into the query.",
  },
  { methods: ["*.files.exists"], part: "body", reason: "Nothing is told of a file but whether it is there." },
  {
    methods: ["datasets.exists", "models.exists", "spaces.exists"],
    part: "query",
    reason: "Nothing is told of a repository but whether it is there.",
  },
  { methods: ["*.files.deleteLfsBatch"], part: "body", reason: "What is given goes into the body's one property." },
  { methods: ["collections.updateItems"], part: "body", reason: "The body is a list, of which each item is given." },
  { methods: ["*.requestAccess"], part: "body", reason: "`fields` is the whole body." },
  {
    methods: ["oauth.waitForDeviceToken"],
    part: "body",
    reason: "It is given all that the start of the login responded, and takes what it needs.",
  },
];

/** Whether a pattern such as `*.files.list` names the method. */
export const isMethod = (pattern: string, method: string): boolean =>
  new RegExp(`^${pattern.replaceAll(".", "\\.").replaceAll("*", ".*")}$`).test(method);
