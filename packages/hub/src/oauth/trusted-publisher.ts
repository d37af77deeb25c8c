import { sleep } from "../async/abortable.js";
import { HubConnectionError, HubError, HubInputError } from "../errors.js";
import type { Fetch } from "../options.js";
import { environmentVariable } from "../runtime.js";
import { clientOf, requestToken, type LoginClientOptions } from "./login-client.js";
import { renewingToken } from "./renewing-token.js";

export interface TrustedPublisherOptions extends LoginClientOptions {
  /**
   * What the token is good for: a repository, as `owner/name`, `datasets/owner/name`, `spaces/owner/name` or
   * `kernels/owner/name`, or a user's name to read what is gated. Default: the environment's `HF_OIDC_RESOURCE`.
   */
  resource?: string | undefined;
  /**
   * The CI service's own token (an OpenID Connect ID token), or a function that asks for a fresh one. Default: the
   * environment's `HF_OIDC_ID_TOKEN`, else GitHub Actions is asked, which needs `permissions: id-token: write`.
   */
  idToken?: string | ((audience: string) => string | Promise<string>) | undefined;
  /** Whom the CI service's token is for. Default: the endpoint, which is what the Hub expects. */
  audience?: string | undefined;
  /** Defaults to the environment's `HF_ENDPOINT`, else https://huggingface.co. */
  endpoint?: string | URL | undefined;
}

/**
 * A token for a `Hub` in CI, without a secret: the CI service says who runs, and the Hub, which was told to trust that
 * (a repository's Settings, Trusted Publishers), gives a token for an hour. It is renewed before it ends, if the CI
 * service's token can be.
 *
 * @throws {HubInputError} where no resource is named, or no CI service is known. A request with the token rejects with a
 * `HubLoginError` of code `invalid_grant` when the Hub does not trust this job.
 * @see https://huggingface.co/docs/hub/trusted-publishers
 * @example
 * const hub = new Hub({ token: trustedPublisher({ resource: "me/my-model" }) });
 * await hub.models.files.upload({ repo: "me/my-model", path: "README.md", content: "# Made in CI" });
 */
export function trustedPublisher(options: TrustedPublisherOptions = {}): () => Promise<string> {
  const { resource = environmentVariable("HF_OIDC_RESOURCE"), idToken, audience, endpoint, ...client } = options;
  if (typeof resource !== "string" || resource === "") {
    throw new HubInputError('resource is missing; expected a repository such as "owner/name", or a user\'s name');
  }
  const hub = clientOf(client, endpoint, null);
  const source = idToken ?? (environmentVariable("HF_OIDC_ID_TOKEN") || githubToken(client.fetch));
  return renewingToken(undefined, async () => {
    const subject = typeof source === "string" ? source : await source(audience ?? hub.endpoint);
    if (typeof subject !== "string" || subject.trim() === "") {
      throw new HubInputError("the CI service's token is empty; idToken has to be one, or to return one");
    }
    const { access_token, expires_in = 3600 } = await requestToken(
      hub,
      {
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        subject_token: subject.trim(),
        resource,
      },
      undefined,
      `the CI service's token for ${resource}; check in its Settings, Trusted Publishers, that this job is trusted`,
    );
    return { token: access_token, expiresAt: Date.now() + expires_in * 1000 };
  });
}

/** What GitHub Actions says of the job that runs. */
function githubToken(fetch: Fetch = globalThis.fetch): (audience: string) => Promise<string> {
  const url = environmentVariable("ACTIONS_ID_TOKEN_REQUEST_URL");
  const secret = environmentVariable("ACTIONS_ID_TOKEN_REQUEST_TOKEN");
  if (!url || !secret) {
    throw new HubInputError(
      environmentVariable("GITHUB_ACTIONS") === "true"
        ? "GitHub Actions gives this job no ID token; add `permissions: id-token: write` to it"
        : "no CI service is known here; pass idToken, or set HF_OIDC_ID_TOKEN",
    );
  }
  return async (audience) => {
    const asked = new URL(url);
    asked.searchParams.set("audience", audience);
    for (let attempt = 1; ; attempt += 1) {
      try {
        return await askGithub(asked, secret, fetch);
      } catch (error) {
        if (attempt === 3 || !(error instanceof HubConnectionError)) throw error;
        await sleep(attempt * 500, undefined);
      }
    }
  };
}

/** How long GitHub's server may take, in milliseconds. */
const longest = 30_000;

/** @throws {HubConnectionError} for what may pass. */
async function askGithub(url: URL, secret: string, fetch: Fetch): Promise<string> {
  let response: Response;
  let body: unknown;
  const limit = new AbortController();
  const timer = setTimeout(() => limit.abort(), longest);
  try {
    const headers = { authorization: `Bearer ${secret}`, accept: "application/json" };
    response = await fetch(url.href, { headers, redirect: "error", signal: limit.signal });
    body = response.ok ? await response.json() : undefined;
  } catch (cause) {
    throw new HubConnectionError(`GitHub Actions gave no ID token: no response of ${url.host}`, { cause });
  } finally {
    clearTimeout(timer);
  }
  if (response.status >= 500) {
    throw new HubConnectionError(`GitHub Actions gave no ID token: ${url.host} responded with ${response.status}`);
  }
  if (typeof body === "object" && body !== null && "value" in body && typeof body.value === "string") return body.value;
  throw new HubError(
    `GitHub Actions gave no ID token: ${url.host} responded with ${response.status}; check that the job has \`permissions: id-token: write\``,
  );
}
