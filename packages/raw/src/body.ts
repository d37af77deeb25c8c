import { InvalidInputError } from "./invalid-input-error.js";

/** Node's own types do not name it. */
type FetchBody = NonNullable<RequestInit["body"]>;

/**
 * Writes a request body: text, bytes, forms and streams as they are, anything else as JSON.
 *
 * @throws {InvalidInputError} for what JSON would silently change (NaN, Infinity) or cannot hold (cycles, bigints).
 */
export function serializeBody(body: unknown): FetchBody {
  if (isBodyInit(body)) return body;
  try {
    return JSON.stringify(body, (key, value: unknown) => {
      if (typeof value === "number" && !Number.isFinite(value)) {
        throw new InvalidInputError(`${key === "" ? "the body" : key} is ${value}, which JSON cannot hold`);
      }
      return value;
    });
  } catch (error) {
    if (error instanceof InvalidInputError) throw error;
    throw new InvalidInputError(`the body cannot be written as JSON: ${(error as Error).message.split("\n")[0]}`);
  }
}

function isBodyInit(body: unknown): body is FetchBody {
  return (
    typeof body === "string" ||
    body instanceof Blob ||
    body instanceof ArrayBuffer ||
    ArrayBuffer.isView(body) ||
    body instanceof FormData ||
    body instanceof URLSearchParams ||
    body instanceof ReadableStream
  );
}
