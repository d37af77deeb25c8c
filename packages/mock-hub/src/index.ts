export { createMockHub, type MockHub, type MockHubOptions } from "./hub.js";
export type { Answer } from "./answer.js";
export type { HubRequest } from "./call.js";
export type { FaultPlan, Faults, RequestMatch } from "./faults.js";
export type { OpenApiDocument } from "./openapi/document.js";
export type { Bucket, RateLimitOptions } from "./rate-limit.js";
export type { LoggedRequest, RequestLog } from "./request-log.js";
export type { StorageOptions } from "./state/storage.js";
export type { World } from "./state/world.js";
