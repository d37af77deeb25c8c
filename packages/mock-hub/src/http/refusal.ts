import { json, text, type Answer } from "./answer.js";
import { wireTexts } from "./wire-texts.js";

type ErrorCode = "RepoNotFound" | "RevisionNotFound" | "EntryNotFound" | "GatedRepo" | "RepoNotGated";

export interface RefusalDetails {
  /** Sent as `X-Error-Code`. */
  code?: ErrorCode;
  /** Further members of the body, such as the `url` of a repository that exists already. */
  body?: Record<string, unknown>;
  headers?: Record<string, string>;
  /** Whether the body is the message alone, as where files are. */
  isPlain?: boolean;
}

/** Thrown by a route to respond with an error. */
export class Refusal extends Error {
  readonly status: number;
  readonly details: RefusalDetails;

  constructor(status: number, message: string, details: RefusalDetails = {}) {
    super(message);
    this.status = status;
    this.details = details;
  }

  toAnswer(): Answer {
    const { code, body, headers, isPlain } = this.details;
    const told = {
      ...(code && { "x-error-code": code }),
      "x-error-message": headerText(this.message),
      ...(this.status === 401 && { "www-authenticate": 'Bearer realm="Authentication required", charset="UTF-8"' }),
      ...headers,
    };
    return isPlain ? text(this.message, this.status, told) : json({ error: this.message, ...body }, this.status, told);
  }
}

/** The two responses for "there is nothing": whoever is not signed in must not learn whether a repository exists. */
export function repoNotFound(signedIn: boolean): Refusal {
  return signedIn ? new Refusal(404, wireTexts.repoNotFound, { code: "RepoNotFound" }) : signInRequired();
}

export function signInRequired(): Refusal {
  return new Refusal(401, "Invalid username or password.");
}

export function revisionNotFound(revision: string): Refusal {
  return new Refusal(404, wireTexts.invalidRevision(revision), { code: "RevisionNotFound" });
}

export function pageNotFound(): Refusal {
  return new Refusal(404, "Sorry, we can't find the page you are looking for.");
}

// A header holds one line of ASCII; the body carries the text as it is.
function headerText(message: string): string {
  return message
    .replace(/\s+/g, " ")
    .replace(/[^\x20-\x7e]/g, "*")
    .trim();
}
