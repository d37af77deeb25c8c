import { InvalidInputError } from "./invalid-input-error.js";

/**
 * Checks the address of a Hub and strips its trailing slashes. A path prefix is fine; credentials, a query or another
 * protocol than http(s) are not.
 *
 * @throws {InvalidInputError} when the address cannot be one of a Hub.
 */
export function parseEndpoint(endpoint: string | URL): string {
  let url: URL;
  try {
    url = new URL(endpoint);
  } catch {
    throw new InvalidInputError("endpoint is no address; expected one like https://huggingface.co");
  }
  if (url.protocol !== "https:" && url.protocol !== "http:") {
    throw new InvalidInputError(`endpoint uses ${url.protocol} where http or https is needed`);
  }
  if (url.username !== "" || url.password !== "") {
    throw new InvalidInputError("endpoint holds credentials; pass them as token");
  }
  if (url.search !== "" || url.hash !== "") {
    throw new InvalidInputError("endpoint has a query or a fragment; only a path prefix may follow the host");
  }
  return `${url.origin}${url.pathname.replace(/\/+$/, "")}`;
}
