import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { optionalList, optionalText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf } from "../state/accounts.js";
import { toBase64Url } from "../state/base64-url.js";
import type { IssuedToken, OAuthError } from "../state/oauth.js";
import { fromBase64 } from "./base64.js";

export function addOAuthRoutes(router: Router): void {
  router.add("POST", "/oauth/device", startDevice);
  router.add("GET", "/oauth/device", approveDevice);
  router.add("POST", "/oauth/token", giveToken);
  router.add("POST", "/oauth/register", registerApp);
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

async function registerApp(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const { world } = call;
  const clientId = world.objectId();
  const redirectUris = (optionalList(fields, "redirect_uris") ?? []).filter((it) => typeof it === "string");
  const isPublic = fields["token_endpoint_auth_method"] === "none";
  world.oauth.apps.set(clientId, { name: optionalText(fields, "client_name") ?? clientId, redirectUris });
  const registered = {
    ...fields,
    client_id: clientId,
    client_id_issued_at: Math.floor(world.now() / 1000),
    ...(!isPublic && { client_secret: world.random.hex(32) }),
    client_secret_expires_at: 0,
    grant_types: ["authorization_code", "refresh_token"],
    redirect_uris: redirectUris,
    scope: optionalText(fields, "scope") ?? "openid profile",
  };
  return json(registered, 201);
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
  const outcome = await tokenFor(call, fields, required(fields, "grant_type"));
  if (typeof outcome === "string") throw refusedToken(outcome, reasons[outcome]);
  const { accessToken, refreshToken, expiresIn, scope, identity } = outcome;
  const token = { access_token: accessToken, token_type: "bearer", expires_in: expiresIn, scope };
  const rest = {
    ...(refreshToken !== undefined && { refresh_token: refreshToken }),
    ...(identity && { id_token: idToken(call, identity, expiresIn) }),
  };
  return json({ ...token, ...rest }, 200, { "cache-control": "no-store" });
}

/** An ID token of OpenID Connect. It is not signed, as it comes from the Hub itself. */
function idToken(
  call: Call,
  { user, clientId, nonce }: NonNullable<IssuedToken["identity"]>,
  lifetime: number,
): string {
  const seconds = Math.floor(call.world.now() / 1000);
  const claims = {
    iss: call.url.origin,
    aud: clientId,
    sub: user._id,
    name: user.fullname,
    preferred_username: user.name,
    iat: seconds,
    exp: seconds + lifetime,
    nonce,
  };
  const encode = (part: object): string => toBase64Url(new TextEncoder().encode(JSON.stringify(part)));
  return `${encode({ alg: "none", typ: "JWT" })}.${encode(claims)}.`;
}

async function tokenFor(call: Call, fields: Fields, type: string): Promise<IssuedToken | OAuthError> {
  const { oauth } = call.world;
  const clientId = optionalText(fields, "client_id") ?? "";
  switch (type) {
    case "urn:ietf:params:oauth:grant-type:device_code":
      return oauth.poll(required(fields, "device_code"), clientId);
    case "refresh_token":
      return oauth.refresh(required(fields, "refresh_token"), clientId);
    case "authorization_code":
      return oauth.redeem(required(fields, "code"), {
        clientId,
        redirectUri: required(fields, "redirect_uri"),
        verifier: optionalText(fields, "code_verifier"),
      });
    case "urn:ietf:params:oauth:grant-type:token-exchange":
      return oauth.exchange(required(fields, "subject_token"), optionalText(fields, "resource"), call.url.origin);
    default:
      throw refusedToken("unsupported_grant_type", `There are no tokens for "${type}".`);
  }
}

const reasons: Record<OAuthError, string> = {
  authorization_pending: "The user has not entered the code yet.",
  slow_down: "Ask less often.",
  access_denied: "The user did not agree.",
  expired_token: "The code has expired. Start again.",
  invalid_grant: "The code or token is not one of this client's, has expired, or was used before.",
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
export async function formOrJson(call: Call): Promise<Fields> {
  if (!call.request.header("content-type")?.includes("x-www-form-urlencoded")) return call.fields();
  return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(await call.request.bytes())));
}

function required(fields: Fields, name: string): string {
  const value = optionalText(fields, name);
  if (!value) throw refusedToken("invalid_request", `${name} is missing.`);
  return value;
}
