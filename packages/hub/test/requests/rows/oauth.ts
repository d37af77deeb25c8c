import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "oauth.getUserInfo",
    operation: "getOAuthUserInfo",
    call: (hub) => hub.oauth.getUserInfo(),
    request: "GET /oauth/userinfo",
  },
  {
    method: "oauth.getUserInfo",
    operation: "getOAuthUserInfoByPost",
    call: (hub) => hub.oauth.getUserInfo({ method: "post" }),
    request: "POST /oauth/userinfo",
  },
  {
    method: "oauth.registerApp",
    operation: "registerOAuthApp",
    call: (hub) => hub.oauth.registerApp({ client_name: "App", redirect_uris: ["https://app.example/callback"] }),
    request: "POST /oauth/register",
    body: { client_name: "App", redirect_uris: ["https://app.example/callback"] },
    answer: { status: 201 },
  },
  {
    method: "oauth.startDeviceAuthorization",
    operation: "startOAuthDeviceAuthorization",
    call: (hub) => hub.oauth.startDeviceAuthorization({ client_id: "app", scope: "openid profile" }),
    request: "POST /oauth/device",
    body: { client_id: "app", scope: "openid profile" },
  },
];
