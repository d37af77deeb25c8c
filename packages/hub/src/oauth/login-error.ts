import { HubError } from "../errors.js";

/**
 * Why nobody is logged in.
 *
 * - `access_denied`, `invalid_scope` and others: the Hub's own, by the redirect.
 * - `unknown_login`: the redirect is not the end of a login that was started here. Its state is wrong, or used up.
 * - `foreign_redirect`: the redirect led to another URL than the login named.
 * - `invalid_grant`: the code or the refresh token has expired, or was used before.
 * - `invalid_identity`: the ID token is not for this app, or not for this login.
 */
export type HubLoginErrorCode =
  "access_denied" | "unknown_login" | "foreign_redirect" | "invalid_grant" | "invalid_identity" | (string & {});

/** A login that came to nothing. The message says what to do; most often, that is to start a new one. */
export class HubLoginError extends HubError {
  override readonly name = "HubLoginError";
  readonly code: HubLoginErrorCode;

  constructor(code: HubLoginErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}
