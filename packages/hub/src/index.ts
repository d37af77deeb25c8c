export type {
  CommitInput,
  CreatedCommit,
  CommitResult,
  CommitTarget,
  UploadOptions,
  UploadProgress,
} from "./files/commit/commit.js";
export type { Bytes } from "./bytes/bytes.js";
export type { DateInput } from "./inputs/dates.js";
export type { DownloadOptions, Progress } from "./files/download/download.js";
export * from "./errors.js";
export type { EventStream, StreamOptions } from "./events/event-stream.js";
export type { StreamEvent } from "./events/server-events.js";
export type { FileContent } from "./files/file-content.js";
export { expectedFile, type ExpectedFile } from "./files/download/expected-file.js";
export type { FileInfo } from "./files/download/file-facts.js";
export type { AddFile, CopyFile, DeleteFile, FileOperation, RenameFile } from "./files/commit/file-operation.js";
export type { FirstBytes } from "./files/download/first-bytes.js";
export type { FileRange } from "./files/download/file-range.js";
export { createHub, type HubWith } from "./create-hub.js";
export { Hub } from "./hub.js";
export type { HubCore, NamespaceClass } from "./hub-core.js";
export type { RepoInput, RepoKind, RevisionInput } from "./inputs/repo-id.js";
export type { CommitHeader, CommitLine, CommitOperation } from "./files/commit/commit-body.js";
export type { PathInfo, PathsInfoInput, PreuploadInput, UploadModes } from "./files/commit/repo-calls.js";
export type { HubFile } from "./files/download/hub-file.js";
export type {
  Fetch,
  RequestEvent,
  HubOptions,
  ObservedRequest,
  RequestOptions,
  ResponseInfo,
  TokenSource,
} from "./options.js";
export type { ListInput } from "./lists/list-input.js";
export type { LfsTransfers, LfsTransfersInput } from "./files/commit/lfs-transfers.js";
export type { SafetensorsFile, SafetensorsInput, SafetensorsMetadata } from "./files/safetensors/metadata.js";
export type { SafetensorsHeader, SafetensorsTensor } from "./files/safetensors/header.js";
export { Pages, type LoadPage, type Page, type PagesOptions } from "./lists/pages.js";
export type { RateLimitBucket, RateLimitState } from "./transport/rate-limit.js";
export { isWebhookSecret, receiveWebhook, type ReceiveWebhookOptions } from "./webhooks/receive-webhook.js";
export type * from "./webhooks/webhook-event.js";
export type { FileToUpload, UploadFileInput, UploadFilesInput, UploadInput } from "./files/commit/upload.js";
export { Account } from "./namespaces/account.js";
export { Agents } from "./namespaces/agents.js";
export { Auth } from "./namespaces/auth.js";
export { Billing } from "./namespaces/billing.js";
export { Buckets } from "./namespaces/buckets.js";
export { Collections } from "./namespaces/collections.js";
export { Datasets } from "./namespaces/datasets.js";
export { Discussions } from "./namespaces/discussions.js";
export { Docs } from "./namespaces/docs.js";
export { InferenceEndpoints } from "./namespaces/inference-endpoints.js";
export { Jobs } from "./namespaces/jobs.js";
export { Kernels } from "./namespaces/kernels.js";
export { Models } from "./namespaces/models.js";
export { Notifications } from "./namespaces/notifications.js";
export { OAuth } from "./namespaces/oauth.js";
export { Organizations } from "./namespaces/organizations.js";
export { Papers } from "./namespaces/papers.js";
export { Posts } from "./namespaces/posts.js";
export { Provisioning } from "./namespaces/provisioning.js";
export { Registry } from "./namespaces/registry.js";
export { Repos } from "./namespaces/repos.js";
export { ResourceGroups } from "./namespaces/resource-groups.js";
export { ScheduledJobs } from "./namespaces/scheduled-jobs.js";
export { Scim } from "./namespaces/scim.js";
export { ScimProvisioning } from "./namespaces/scim-provisioning.js";
export { Search } from "./namespaces/search.js";
export { ServiceAccounts } from "./namespaces/service-accounts.js";
export { Spaces } from "./namespaces/spaces.js";
export { SqlConsole } from "./namespaces/sql-console.js";
export { Tokens } from "./namespaces/tokens.js";
export { Users } from "./namespaces/users.js";
export { Webhooks } from "./namespaces/webhooks.js";
export type * from "./namespaces/account.js";
export type * from "./namespaces/agents.js";
export type * from "./namespaces/auth.js";
export type * from "./namespaces/billing.js";
export type * from "./files/bucket-files.js";
export type * from "./namespaces/buckets.js";
export type * from "./namespaces/collections.js";
export type * from "./namespaces/comment.js";
export type * from "./namespaces/datasets.js";
export type * from "./namespaces/discussions.js";
export type * from "./namespaces/docs.js";
export type * from "./repos/gated-repo-namespace.js";
export type * from "./repos/duplicate-repo.js";
export type * from "./repos/grouped-namespace.js";
export type * from "./namespaces/inference-endpoints.js";
export type * from "./namespaces/jobs.js";
export type * from "./namespaces/kernels.js";
export type * from "./namespaces/models.js";
export type * from "./namespaces/notifications.js";
export type * from "./namespaces/oauth.js";
export type * from "./namespaces/organizations.js";
export type { ListOwnedReposInput, OwnedRepo } from "./namespaces/owned-repos.js";
export type * from "./namespaces/papers.js";
export type { UserSummary } from "./namespaces/people.js";
export type * from "./namespaces/posts.js";
export type * from "./namespaces/provisioning.js";
export type * from "./namespaces/registry.js";
export type * from "./files/repo-files.js";
export type * from "./repos/repo-namespace.js";
export type * from "./repos/repo-types.js";
export type * from "./namespaces/repos.js";
export type * from "./namespaces/resource-groups.js";
export type * from "./namespaces/running-spaces.js";
export type * from "./namespaces/scheduled-jobs.js";
export type * from "./namespaces/scim.js";
export type * from "./namespaces/scim-namespace.js";
export type * from "./namespaces/scim-provisioning.js";
export type * from "./namespaces/search.js";
export type * from "./namespaces/service-accounts.js";
export type * from "./namespaces/spaces.js";
export type * from "./namespaces/sql-console.js";
export type * from "./namespaces/tokens.js";
export type * from "./namespaces/users.js";
export type { WaitOptions } from "./waits/waits.js";
export type * from "./namespaces/webhooks.js";
export type * from "./files/xet-files.js";
export type * from "./shapes.js";
export type { Middleware, RawClient } from "@hf-api/raw";
