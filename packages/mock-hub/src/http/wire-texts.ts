/** Texts of the Hub that clients match, word for word. What nobody matches is worded where it is sent. */
export const wireTexts = {
  repoNotFound: "Repository not found",
  repoCreatedBefore: (type: string, id: string): string => `You already created this ${type} repo: ${id}`,
  repoNameTaken: (type: string, id: string): string => `A ${type} repository called ${id} already exists`,
  invalidRevision: (revision: string): string => `Invalid rev id: ${revision}`,
  invalidBranch: (name: string): string => `Invalid reference for a branch: ${name}`,
  refExists: (ref: string): string => `Reference ${ref} already exists`,
  refStays: (ref: string): string => `Cannot delete ${ref}`,
  mayOnlyRead: "You have read access but not the required permissions for this operation",
  branchMoved: "The branch was updated since you opened this page. Please refresh and try again.",
  lostPointer: (path: string): string =>
    "Your push was rejected because an LFS pointer pointed to a file that does not exist. For instance, this can happen" +
    ` if you used git push --no-verify to push your changes. Offending file: - ${path}`,
  entryNotFound: "Entry not found",
  gated: {
    anonymous: (repo: string): string =>
      `Access to ${repo} is restricted. You must have access to it and be authenticated to access it. Please log in.`,
    unasked: (repo: string, page: string): string =>
      `Access to ${repo} is restricted and you are not in the authorized list. Visit ${page} to ask for access.`,
    pending: (repo: string): string => `Your request to access ${repo} is awaiting a review from the repo authors.`,
    rejected: (repo: string): string => `Your request to access ${repo} has been rejected by the repo's authors.`,
    reset: (repo: string, page: string): string =>
      `Your request to access ${repo} has been reset by the repo's authors. Visit ${page} to submit a new request.`,
  },
  accessRequest: {
    notFound: "No access request found matching your criteria",
    notPending: "No pending access request found for this repo and this user",
    userNotFound: "User not found",
    hasAccess: "That user already has access to the repo",
    oneUser: "Either userId or user must be provided, but not both",
  },
} as const;
