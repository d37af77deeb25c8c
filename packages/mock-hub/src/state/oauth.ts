import { toBase64Url } from "./base64-url.js";
import type { Random } from "../random.js";
import type { Accounts, User } from "./accounts.js";

/** How logging in by OAuth goes. All times are in seconds. */
export interface OAuthOptions {
  /**
   * How often a device is told to wait until its user agrees without being asked to. With `Infinity` only
   * `mock.state.oauth.approve(userCode)` ends the wait. Default 2.
   */
  approveAfter?: number;
  /** The pause between two questions that a device is told to make. Default 1. */
  interval?: number;
  /** Whether a device that makes a shorter pause is told to slow down. Default false. */
  slowDown?: boolean;
  /** How long the code of a device, or of a user who came back from the consent page, is good. Default 600. */
  codeLifetime?: number;
  /** How long a token is good. Default 28,800. */
  tokenLifetime?: number;
}

/** The words of OAuth for why there is no token. */
export type OAuthError = "authorization_pending" | "slow_down" | "access_denied" | "expired_token" | "invalid_grant";

export interface Grant {
  readonly user: User;
  readonly clientId: string;
  readonly scope: string;
}

/** What a device has to know to log in its user. */
export interface DeviceLogin {
  readonly deviceCode: string;
  readonly userCode: string;
  readonly clientId: string;
  readonly scope: string;
  readonly expiresAt: number;
  /** In seconds. A device that was told to slow down has to make a longer pause. */
  interval: number;
  questions: number;
  askedAt: number;
  answer?: User | "denied";
}

export interface IssuedToken {
  readonly accessToken: string;
  readonly refreshToken?: string;
  readonly expiresIn: number;
  readonly scope: string;
  /** Of a login by the consent page whose scope has `openid`. */
  readonly identity?: { user: User; clientId: string; nonce: string | undefined };
}

/** An app that was registered. Any other one may redirect wherever it likes. */
export interface OAuthApp {
  readonly name: string;
  readonly redirectUris: readonly string[];
}

/** What the user of an app agreed to on the consent page. */
export interface Consent extends Grant {
  readonly redirectUri: string;
  /** The S256 challenge (RFC 7636) that the code's redeemer has to meet; without it, an app with a secret is meant. */
  readonly codeChallenge?: string | undefined;
  readonly nonce?: string | undefined;
}

/** What a repository or user trusts: tokens of this issuer that have all of these claims. */
export interface TrustedPublisher {
  readonly issuer: string;
  readonly claims: Readonly<Record<string, string>>;
  /** `owner/name`, with `datasets/` or `spaces/` before it, or the name of a user. */
  readonly resource: string;
  /** In whose name the token acts; `ada` unless told otherwise. */
  readonly user?: string;
}

/** The logins that are under way, and the tokens that came of them. */
export class OAuth {
  readonly options: Required<OAuthOptions>;
  readonly #accounts: Accounts;
  readonly #random: Random;
  readonly #now: () => number;
  /** By their device codes. */
  readonly #logins = new Map<string, DeviceLogin>();
  /** By refresh token. */
  readonly #grants = new Map<string, Grant>();
  readonly #consents = new Map<string, Consent & { expiresAt: number }>();
  /** By client id. */
  readonly apps: Map<string, OAuthApp> = new Map();
  /** Whose tokens can be exchanged. As long as there are none, any token can. */
  readonly publishers: TrustedPublisher[] = [];

  constructor(options: OAuthOptions, accounts: Accounts, random: Random, now: () => number) {
    this.options = {
      approveAfter: 2,
      interval: 1,
      slowDown: false,
      codeLifetime: 600,
      tokenLifetime: 28_800,
      ...options,
    };
    this.#accounts = accounts;
    this.#random = random;
    this.#now = now;
  }

  start(clientId: string, scope: string): DeviceLogin {
    const { codeLifetime, interval } = this.options;
    const login: DeviceLogin = {
      deviceCode: this.#random.hex(40),
      userCode: `${this.#random.hex(4)}-${this.#random.hex(4)}`.toUpperCase(),
      clientId,
      scope,
      expiresAt: this.#now() + codeLifetime * 1000,
      interval,
      questions: 0,
      askedAt: -Infinity,
    };
    this.#logins.set(login.deviceCode, login);
    return login;
  }

  /** Lets the device with this code in, in the name of a user; `ada` unless told otherwise. */
  approve(userCode: string, user: string = this.defaultUser.name): void {
    const account = this.#accounts.user(user);
    if (!account) throw new Error(`There is no user "${user}"`);
    this.#loginOf(userCode).answer = account;
  }

  deny(userCode: string): void {
    this.#loginOf(userCode).answer = "denied";
  }

  /** The response to a device that asks for its token. A code is good for one. */
  poll(deviceCode: string, clientId: string): IssuedToken | OAuthError {
    const { approveAfter, slowDown } = this.options;
    const login = this.#logins.get(deviceCode);
    if (!login || login.clientId !== clientId) return "invalid_grant";
    const now = this.#now();
    if (now >= login.expiresAt) return "expired_token";
    // Timers may fire a little early, for which nobody is to blame.
    const isEarly = now - login.askedAt < login.interval * 1000 - 10;
    login.askedAt = now;
    if (slowDown && isEarly) {
      login.interval += 5;
      return "slow_down";
    }
    const answer = login.answer ?? (login.questions++ < approveAfter ? undefined : this.defaultUser);
    if (answer === undefined) return "authorization_pending";
    this.#logins.delete(deviceCode);
    return answer === "denied" ? "access_denied" : this.issue({ user: answer, clientId, scope: login.scope });
  }

  /** A new pair of tokens for a refresh token, which is good for one. */
  refresh(refreshToken: string, clientId: string): IssuedToken | OAuthError {
    const grant = this.#grants.get(refreshToken);
    if (!grant || grant.clientId !== clientId) return "invalid_grant";
    this.#grants.delete(refreshToken);
    return this.issue(grant);
  }

  /** The code that a user comes back with who agreed; it is good for one token. */
  consent(consent: Consent, code: string = this.#random.hex(32)): string {
    this.#consents.set(code, { ...consent, expiresAt: this.#now() + this.options.codeLifetime * 1000 });
    return code;
  }

  /** A pair of tokens for a code. Whoever presents it has to be the app that sent the user, and to meet its challenge. */
  async redeem(
    code: string,
    { clientId, redirectUri, verifier }: { clientId: string; redirectUri: string; verifier: string | undefined },
  ): Promise<IssuedToken | OAuthError> {
    const consent = this.#consents.get(code);
    // An app in a browser may leave out who it is: the challenge tells.
    if (!consent || (clientId !== "" && clientId !== consent.clientId)) return "invalid_grant";
    if (redirectUri !== consent.redirectUri) return "invalid_grant";
    this.#consents.delete(code);
    if (this.#now() >= consent.expiresAt) return "invalid_grant";
    const { codeChallenge } = consent;
    if (codeChallenge !== undefined && codeChallenge !== (await challengeOf(verifier ?? ""))) return "invalid_grant";
    const { user, scope, nonce } = consent;
    const issued = this.issue({ user, clientId: consent.clientId, scope });
    if (!scope.split(" ").includes("openid")) return issued;
    return { ...issued, identity: { user, clientId: consent.clientId, nonce } };
  }

  /** A token for one that another service issued, such as a CI service. Nobody looks at its signature. */
  exchange(subjectToken: string, resource: string | undefined, origin: string): IssuedToken | OAuthError {
    const grant = { user: this.defaultUser, clientId: "", scope: "openid profile" };
    if (this.publishers.length === 0) return this.issue(grant);
    const claims = claimsOf(subjectToken);
    const isForHub = claims?.["aud"] === origin || claims?.["aud"] === "https://huggingface.co";
    if (!claims || !isForHub || Number(claims["exp"] ?? 0) * 1000 <= this.#now()) return "invalid_grant";
    const publisher = this.publishers.find(
      (it) =>
        it.issuer === claims["iss"] &&
        it.resource === resource &&
        Object.entries(it.claims).every(([name, value]) => claims[name] === value),
    );
    if (!publisher) return "invalid_grant";
    const user = publisher.user === undefined ? grant.user : this.#accounts.user(publisher.user);
    if (!user) throw new Error(`There is no user "${publisher.user}"`);
    // That of a repository writes, that of a user reads what is gated.
    const { refreshToken: _, ...issued } = this.issue({
      ...grant,
      user,
      scope: publisher.resource.includes("/") ? "write-repos" : "gated-repos",
    });
    return issued;
  }

  issue(grant: Grant): IssuedToken & { readonly refreshToken: string } {
    const { user, scope } = grant;
    const { tokenLifetime: expiresIn } = this.options;
    const expiresAt = this.#now() + expiresIn * 1000;
    const accessToken = `hf_oauth_${this.#random.hex(32)}`;
    const refreshToken = `hf_refresh_${this.#random.hex(32)}`;
    this.#accounts.issueToken(accessToken, { user, role: mayWrite(scope) ? "write" : "read", expiresAt });
    this.#grants.set(refreshToken, grant);
    return { accessToken, refreshToken, expiresIn, scope };
  }

  /** Whoever logs in where nobody says who it is. */
  get defaultUser(): User {
    const [user] = this.#accounts.users;
    if (!user) throw new Error("There is no user who could log in");
    return user;
  }

  #loginOf(userCode: string): DeviceLogin {
    for (const login of this.#logins.values()) if (login.userCode === userCode.toUpperCase()) return login;
    throw new Error(`No device waits with the code "${userCode}": start with POST /oauth/device`);
  }
}

/** The S256 challenge of a verifier, as RFC 7636 writes it. */
async function challengeOf(verifier: string): Promise<string> {
  const hash = new Uint8Array(await crypto.subtle.digest("SHA-256", new TextEncoder().encode(verifier)));
  return toBase64Url(hash);
}

/** What a JWT says of itself. */
function claimsOf(token: string): Record<string, unknown> | undefined {
  try {
    const payload = (token.split(".")[1] ?? "").replaceAll("-", "+").replaceAll("_", "/");
    return JSON.parse(atob(payload)) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

/** This Hub knows tokens that read and tokens that write, nothing finer. */
function mayWrite(scope: string): boolean {
  return scope.split(" ").some((one) => /^(write|manage|contribute)-|^(jobs|webhooks)$/.test(one));
}
