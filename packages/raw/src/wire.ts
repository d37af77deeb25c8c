// How a request to the Hub is written, without openapi-fetch: for clients that call fetch themselves.
export { serializeBody } from "./body.js";
export { parseEndpoint } from "./endpoint.js";
export { InvalidInputError } from "./invalid-input-error.js";
export { normaliseToken } from "./token.js";
export { serializePath, serializeQuery, type PathValues, type QueryValues } from "./url.js";
