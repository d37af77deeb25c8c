import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import type { Router } from "../http/router.js";
import { scopes } from "./oauth-scopes.js";

export function addOpenIdRoutes(router: Router): void {
  router.add("GET", "/.well-known/openid-configuration", configuration);
}

/** What OpenID Connect clients read first. All of it is below the address that the client uses. */
function configuration({ url: { origin } }: Call): Answer {
  return json({
    issuer: origin,
    authorization_endpoint: `${origin}/oauth/authorize`,
    token_endpoint: `${origin}/oauth/token`,
    userinfo_endpoint: `${origin}/oauth/userinfo`,
    device_authorization_endpoint: `${origin}/oauth/device`,
    registration_endpoint: `${origin}/oauth/register`,
    scopes_supported: Object.keys(scopes),
    response_types_supported: ["code"],
    grant_types_supported: [
      "authorization_code",
      "refresh_token",
      "urn:ietf:params:oauth:grant-type:device_code",
      "urn:ietf:params:oauth:grant-type:token-exchange",
    ],
    subject_types_supported: ["public"],
    id_token_signing_alg_values_supported: ["none"],
    token_endpoint_auth_methods_supported: ["client_secret_basic", "client_secret_post", "none"],
    code_challenge_methods_supported: ["S256"],
  });
}
