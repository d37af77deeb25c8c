import { HubError } from "../errors.js";

/** The Hub itself, whose URLs a mirror passes on. */
export const officialHub = "https://huggingface.co";

/**
 * An address that the Hub gave, as it can be reached from here: a mirror passes on the Hub's own addresses, so those
 * become the mirror's.
 *
 * @throws {HubError} when it is no address, or would send in the clear what the endpoint takes encrypted.
 */
export function reachable(address: string, endpoint: string): string {
  const url = URL.canParse(address, `${endpoint}/`) ? new URL(address, `${endpoint}/`) : undefined;
  const encrypted = url?.protocol === "https:";
  if (url === undefined || !(encrypted || (url.protocol === "http:" && endpoint.startsWith("http:")))) {
    throw new HubError(`the Hub named ${url?.origin ?? "no address"} to send a file to; it was not sent there`);
  }
  return url.origin === officialHub ? `${endpoint}${url.pathname}${url.search}` : url.href;
}
