export { createLogin, type CreateLoginInput, type StartedLogin } from "./create-login.js";
export { handleRedirect, type HandleRedirectInput } from "./handle-redirect.js";
export type { LoginClientOptions } from "./login-client.js";
export { HubLoginError, type HubLoginErrorCode } from "./login-error.js";
export type { KeptLogin, Login } from "./login.js";
export type { LoginStorage } from "./pending-login.js";
export { loginToken, refreshLogin, type LoginTokenOptions, type RefreshLoginOptions } from "./refresh-login.js";
export { trustedPublisher, type TrustedPublisherOptions } from "./trusted-publisher.js";
