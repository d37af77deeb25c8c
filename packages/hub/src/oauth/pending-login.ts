import { HubInputError } from "../errors.js";

/** What has to be known when the user comes back. It is for whoever started the login alone. */
export interface PendingLogin {
  state: string;
  nonce: string;
  verifier: string;
  clientId: string;
  redirectUrl: string;
  endpoint: string;
  /** What the app wants to have back. */
  appState: string | undefined;
  /** In milliseconds since 1970. */
  startedAt: number;
}

/** Where pending logins are kept, such as `localStorage`. */
export interface LoginStorage {
  readonly length: number;
  key(index: number): string | null;
  getItem(name: string): string | null;
  setItem(name: string, value: string): void;
  removeItem(name: string): void;
}

const prefix = "hf-api:login:";

/** Codes are good for minutes; what is older was given up. */
const longest = 60 * 60 * 1000;

/** The given storage, or the page's own. Runtimes other than pages may have one too, which all their users share. */
export function storageOr(given: LoginStorage | null | undefined): LoginStorage | undefined {
  if (given !== undefined) return given ?? undefined;
  try {
    return "document" in globalThis ? globalThis.localStorage : undefined;
  } catch {
    // A page that may keep nothing gets an error instead of a storage.
    return undefined;
  }
}

/** Logins may be under way in several tabs, so each has a name of its own. */
export function keep(storage: LoginStorage, login: PendingLogin): void {
  const keys = Array.from({ length: storage.length }, (_, index) => storage.key(index));
  for (const key of keys) {
    if (key?.startsWith(prefix) !== true) continue;
    const old = parse(storage.getItem(key));
    if (old === undefined || Date.now() - old.startedAt > longest) storage.removeItem(key);
  }
  storage.setItem(prefix + login.state, JSON.stringify(login));
}

export const find = (storage: LoginStorage | undefined, state: string): PendingLogin | undefined =>
  parse(storage?.getItem(prefix + state) ?? null);

export const forget = (storage: LoginStorage | undefined, state: string): void => storage?.removeItem(prefix + state);

/** @throws {HubInputError} for text that is not what `createLogin` returned. */
export function parsePending(text: string): PendingLogin {
  const login = parse(text);
  if (login !== undefined) return login;
  throw new HubInputError("pending is not what createLogin() returned; keep it as it is, for one user and one login");
}

function parse(text: string | null): PendingLogin | undefined {
  try {
    const value: unknown = JSON.parse(text ?? "null");
    return typeof value === "object" && value !== null && "verifier" in value ? (value as PendingLogin) : undefined;
  } catch {
    return undefined;
  }
}
