import type { MockHub } from "@hf-api/mock-hub";
import type * as node from "../src/node/index.js";
import * as oauth from "../src/oauth/index.js";
import { sampleToken } from "./world.js";

/** What a sample logs in with, where all requests go to an embedded Hub. */
export function loginsOf({ fetch, url: endpoint, state }: MockHub): Partial<typeof oauth & typeof node> {
  const resource = "me/my-model";
  state.oauth.publishers.push({ issuer: "https://ci.example", claims: {}, resource, user: "me" });
  const claims = (aud: string): string => btoa(JSON.stringify({ iss: "https://ci.example", aud, exp: 9e9 }));
  const idToken = (audience: string): string => `e30.${claims(audience)}.`;
  return {
    tokenFromDisk: () => Promise.resolve(sampleToken),
    handleRedirect: (input) => oauth.handleRedirect({ fetch, ...input }),
    refreshLogin: (login, options) => oauth.refreshLogin(login, { fetch, ...options }),
    trustedPublisher: (options) => oauth.trustedPublisher({ fetch, endpoint, idToken, ...options }),
    loginToken: (login, options) => oauth.loginToken(login, { fetch, ...options }),
  };
}

/** Somebody who is logged in, as the samples find them. */
export async function logIn({ url: endpoint, fetch, state }: MockHub): Promise<oauth.Login> {
  const redirectUrl = "https://my-app.example/callback";
  const { url, pending } = await oauth.createLogin({ clientId: "90e1", endpoint, redirectUrl });
  const { searchParams } = new URL(url);
  const user = state.accounts.user("me") ?? state.oauth.defaultUser;
  const code = state.oauth.consent({
    user,
    clientId: "90e1",
    scope: "openid profile",
    redirectUri: redirectUrl,
    codeChallenge: searchParams.get("code_challenge") ?? "",
    nonce: searchParams.get("nonce") ?? "",
  });
  const back = `${redirectUrl}?${new URLSearchParams({ code, state: searchParams.get("state") ?? "" })}`;
  const login = await oauth.handleRedirect({ url: back, pending, fetch });
  if (login === undefined) throw new Error("nobody logged in");
  return login;
}
