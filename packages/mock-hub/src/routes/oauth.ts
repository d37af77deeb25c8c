import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { optionalText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf } from "../state/accounts.js";
import type { IssuedToken, OAuthError } from "../state/oauth.js";
import { fromBase64 } from "./base64.js";

export function addOAuthRoutes(router: Router): void {
  router.add("POST", "/oauth/device", startDevice);
  router.add("GET", "/oauth/device", approveDevice);
  router.add("POST", "/oauth/token", giveToken);
  router.add("GET", "/oauth/userinfo", userInfo);
  router.add("POST", "/oauth/userinfo", userInfo);
}

async function startDevice(call: Call): Promise<Answer> {
  const fields = await formOrJson(call);
  const { oauth } = call.world;
  const login = oauth.start(required(fields, "client_id"), optionalText(fields, "scope") ?? "openid profile");
  const page = `${call.url.origin}/oauth/device`;
  return json({
    device_code: login.deviceCode,
    user_code: login.userCode,
    verification_uri: page,
    verification_uri_complete: `${page}?user_code=${login.userCode}`,
    expires_in: oauth.options.codeLifetime,
    interval: login.interval,
  });
}

/** The page that the user is sent to. To open it with the code is to agree. */
function approveDevice(call: Call): Answer {
  const code = call.query.get("user_code");
  if (code === null) return text("Open this page with ?user_code=… to log the device in.\n");
  try {
    call.world.oauth.approve(code, call.token?.user.name);
  } catch (error) {
    throw new Refusal(404, error instanceof Error ? error.message : String(error));
  }
  return text("The device is logged in.\n");
}

async function giveToken(call: Call): Promise<Answer> {
  const fields = { client_id: clientInHeader(call), ...(await formOrJson(call)) };
  const outcome = tokenFor(call, fields, required(fields, "grant_type"));
  if (typeof outcome === "string") throw refusedToken(outcome, reasons[outcome]);
  const { accessToken, refreshToken, expiresIn, scope } = outcome;
  const token = { access_token: accessToken, token_type: "bearer", expires_in: expiresIn, scope };
  return json({ ...token, refresh_token: refreshToken }, 200, { "cache-control": "no-store" });
}

function tokenFor({ world: { oauth } }: Call, fields: Fields, type: string): IssuedToken | OAuthError {
  const clientId = optionalText(fields, "client_id") ?? "";
  switch (type) {
    case "urn:ietf:params:oauth:grant-type:device_code":
      return oauth.poll(required(fields, "device_code"), clientId);
    case "refresh_token":
      return oauth.refresh(required(fields, "refresh_token"), clientId);
    // Nobody comes back from a page of this Hub with a code, and it knows no other issuers: any code or token will do.
    case "authorization_code":
    case "urn:ietf:params:oauth:grant-type:token-exchange":
      required(fields, type === "authorization_code" ? "code" : "subject_token");
      return oauth.issue({ user: oauth.defaultUser, clientId, scope: "openid profile" });
    default:
      throw refusedToken("unsupported_grant_type", `There are no tokens for "${type}".`);
  }
}

const reasons: Record<OAuthError, string> = {
  authorization_pending: "The user has not entered the code yet.",
  slow_down: "Ask less often.",
  access_denied: "The user did not agree.",
  expired_token: "The code has expired. Start again.",
  invalid_grant: "This is no code or token of this client, or it was used before.",
};

function refusedToken(error: string, reason: string): Refusal {
  return new Refusal(400, reason, { body: { error, error_description: reason } });
}

function userInfo(call: Call): Answer {
  const { user } = call;
  const { accounts } = call.world;
  const { origin } = call.url;
  return json({
    sub: user._id,
    name: user.fullname,
    preferred_username: user.name,
    profile: `${origin}/${user.name}`,
    picture: origin + avatarOf(user),
    email: user.email,
    email_verified: true,
    isPro: user.isPro,
    canPay: user.isPro,
    orgs: accounts.orgsOf(user).map((org) => ({
      sub: org._id,
      name: org.fullname,
      preferred_username: org.name,
      picture: origin + avatarOf(org),
      roleInOrg: accounts.roleIn(org.name, user),
    })),
  });
}

/** An app with a secret may send its id and the secret in a header. Any secret will do. */
function clientInHeader(call: Call): string | undefined {
  const [, encoded = ""] = /^Basic ([\w+/]+=*)$/.exec(call.request.header("authorization") ?? "") ?? [];
  return new TextDecoder().decode(fromBase64(encoded)).split(":")[0] || undefined;
}

/** OAuth's own way is a form; the Hub's document has JSON. */
async function formOrJson(call: Call): Promise<Fields> {
  if (!call.request.header("content-type")?.includes("x-www-form-urlencoded")) return call.fields();
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await call.request.bytes())));
}

function required(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (!value) throw refusedToken("invalid_request", `${name} is missing.`);
  return value;
}
