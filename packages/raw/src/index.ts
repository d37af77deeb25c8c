export { createRawClient, type RawClient, type RawClientOptions } from "./client.js";
export { parseEndpoint } from "./endpoint.js";
export { InvalidInputError } from "./invalid-input-error.js";
export { LightRequest } from "./light-request.js";
export type { Body, MediaType, Parts, PathParams, Query, Result, Route, Schema, Verb } from "./routes.js";
export { normaliseToken } from "./token.js";
export { serializePath, serializeQuery, type PathValues, type QueryValues } from "./url.js";
export type { Middleware } from "openapi-fetch";
// Paths and operations, and each shape by its name.
export type * from "./generated/schema.js";
