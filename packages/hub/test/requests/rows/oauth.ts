import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "oauth.getConfiguration",
    operation: "getOpenIdConfiguration",
    call: (hub) => hub.oauth.getConfiguration(),
    request: "GET /.well-known/openid-configuration",
  },
  {
    method: "oauth.getUserInfo",
    operation: "getOAuthUserInfo",
    call: (hub) => hub.oauth.getUserInfo(),
    request: "GET /oauth/userinfo",
  },
  {
    method: "oauth.registerApp",
    operation: "registerOAuthApp",
    call: (hub) => hub.oauth.registerApp({ client_name: "App", redirect_uris: ["https://app.example/callback"] }),
    request: "POST /oauth/register",
    body: { client_name: "App", redirect_uris: ["https://app.example/callback"] },
    response: { status: 201 },
  },
  {
    method: "oauth.startDeviceAuthorization",
    operation: "startOAuthDeviceAuthorization",
    call: (hub) => hub.oauth.startDeviceAuthorization({ client_id: "app", scope: "openid profile" }),
    request: "POST /oauth/device",
    body: { client_id: "app", scope: "openid profile" },
  },
  {
    method: "oauth.getToken",
    operation: "getOAuthToken",
    call: (hub) =>
      hub.oauth.getToken({
        grant_type: "authorization_code",
        code: "c&d=1",
        redirect_uri: "https://app.example/callback?a=b",
        client_id: "app",
        client_secret: undefined,
        code_verifier: "v",
      }),
    request: "POST /oauth/token",
    body: "grant_type=authorization_code&code=c%26d%3D1&redirect_uri=https%3A%2F%2Fapp.example%2Fcallback%3Fa%3Db&client_id=app&code_verifier=v",
  },
  {
    method: "oauth.getToken",
    operation: "getOAuthToken",
    call: (hub) =>
      hub.oauth.getToken({ grant_type: "refresh_token", refresh_token: "r", client_id: "app", client_secret: "s" }),
    request: "POST /oauth/token",
    body: "grant_type=refresh_token&refresh_token=r&client_id=app&client_secret=s",
  },
  {
    method: "oauth.getToken",
    operation: "getOAuthToken",
    call: (hub) =>
      hub.oauth.getToken({
        grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
        subject_token_type: "urn:ietf:params:oauth:token-type:id_token",
        subject_token: "t",
        resource: "ns/repo",
      }),
    request: "POST /oauth/token",
    body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Atoken-exchange&subject_token_type=urn%3Aietf%3Aparams%3Aoauth%3Atoken-type%3Aid_token&subject_token=t&resource=ns%2Frepo",
  },
  {
    method: "oauth.waitForDeviceToken",
    operation: "getOAuthToken",
    call: (hub) => hub.oauth.waitForDeviceToken({ client_id: "app", device_code: "d" }),
    request: "POST /oauth/token",
    body: "grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Adevice_code&client_id=app&device_code=d",
  },
];
