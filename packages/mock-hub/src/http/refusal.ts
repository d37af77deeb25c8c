import { json, type Answer } from "./answer.js";

export type ErrorCode = "RepoNotFound" | "RevisionNotFound" | "EntryNotFound" | "GatedRepo";

export interface RefusalDetails {
  /** Sent as `X-Error-Code`. */
  code?: ErrorCode;
  /** Further members of the body, such as the `url` of a repository that exists already. */
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
}

/** Thrown by a route to answer with an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  toAnswer(): Answer {
    const { code, body, headers } = this.details;
    return json({ error: this.message, ...body }, this.status, {
      ...(code && { "x-error-code": code }),
      "x-error-message": headerText(this.message),
      ...(this.status === 401 && { "www-authenticate": 'Bearer realm="Authentication required", charset="UTF-8"' }),
      ...headers,
    });
  }
}

/** The two answers for "there is nothing": whoever is not signed in must not learn whether a repository exists. */
export function repoNotFound(signedIn: boolean): Refusal {
  return signedIn ? new Refusal(404, "Repository not found", { code: "RepoNotFound" }) : signInRequired();
}

export function signInRequired(): Refusal {
  return new Refusal(401, "Invalid username or password.");
}

export function pageNotFound(): Refusal {
  return new Refusal(404, "Sorry, we can't find the page you are looking for.");
}

// A header holds Latin-1 on one line; the body carries the text as it is.
function headerText(message: string): string {
  return message.replace(/[^\x20-\x7e]+/g, " ").trim();
}
