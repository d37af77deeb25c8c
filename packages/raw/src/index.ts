export { createRawClient, type RawClient, type RawClientOptions } from "./client.js";
export { LightRequest } from "./light-request.js";
export type { Body, MediaType, Parts, PathParams, Query, Result, Route, Schema, Verb } from "./routes.js";
export * from "./wire.js";
export type { Middleware } from "openapi-fetch";
// Paths and operations, and each shape by its name.
export type * from "./generated/schema.js";
