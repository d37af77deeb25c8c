import { asFields, invalid, type Fields } from "./fields.js";
import type { HubRequest } from "./request.js";
import { Refusal, repoNotFound, revisionNotFound, signInRequired } from "./refusal.js";
import { wireTexts } from "./wire-texts.js";
import { maintainers, members, type Org, type Owned, type Role, type Token, type User } from "../state/accounts.js";
import type { Commit } from "../state/git.js";
import { pagePrefix, typeOfKind, type Kind, type Repo } from "../state/repo.js";
import type { World } from "../state/world.js";

const admins: readonly Role[] = ["admin"];

/** One request on its way through a route: who asks, for what, and the checks that nearly every route makes. */
export class Call {
  readonly request: HubRequest;
  readonly world: World;
  readonly token: Token | undefined;
  readonly #params: ReadonlyMap<string, string>;

  constructor(request: HubRequest, world: World, token: Token | undefined, params: ReadonlyMap<string, string>) {
    this.request = request;
    this.world = world;
    this.token = token;
    this.#params = params;
  }

  get url(): URL {
    return this.request.url;
  }

  get query(): URLSearchParams {
    return this.request.url.searchParams;
  }

  /** A path parameter, decoded. */
  param(name: string): string {
    try {
      return decodeURIComponent(this.#params.get(name) ?? "");
    } catch {
      throw invalid("Malformed percent-encoding", name);
    }
  }

  /** A flag counts as set by its mere presence, except for `false` and `0`. */
  flag(name: string): boolean {
    const value = this.query.get(name);
    return value !== null && value !== "false" && value !== "0";
  }

  /** A repeated parameter, written `name` or `name[]`. */
  list(name: string): string[] {
    return [...this.query.getAll(name), ...this.query.getAll(`${name}[]`)];
  }

  integer(name: string, fallback: number, range: { min: number; max?: number }): number {
    const text = this.query.get(name);
    if (text === null) return fallback;
    const value = Number(text);
    if (!Number.isInteger(value)) throw invalid("Invalid input: expected integer", name);
    if (value < range.min) throw invalid(`Too small: expected number to be >=${range.min}`, name);
    if (range.max !== undefined && value > range.max) {
      throw invalid(`Too big: expected number to be <=${range.max}`, name);
    }
    return value;
  }

  /** The body as a JSON object; an absent body is an empty one. */
  async fields(): Promise<Fields> {
    const bytes = await this.request.bytes();
    return bytes.length === 0 ? {} : asFields(parseJson(new TextDecoder().decode(bytes)));
  }

  /** The body as a JSON array. */
  async entries(): Promise<unknown[]> {
    const value = parseJson(new TextDecoder().decode(await this.request.bytes()));
    if (!Array.isArray(value)) throw invalid("Expected a JSON array");
    return value;
  }

  /** Whoever asks, or a response that tells them to sign in. */
  get user(): User {
    if (!this.token) throw signInRequired();
    return this.token.user;
  }

  /** The same for a change, which takes a token that may write. */
  get writer(): User {
    return this.requireWriter();
  }

  requireWriter(): User {
    const user = this.user;
    if (this.token?.role !== "write") throw new Refusal(403, "This token may only read. Use one with write access.");
    return user;
  }

  /** The repository of the path, or the response that fits whoever asks. */
  repo(kind: Kind): Repo {
    // The address that git uses ends in `.git`, which no name may.
    const name = this.param("repo").replace(/\.git$/, "");
    const repo = this.world.repos[kind].find(`${this.param("namespace")}/${name}`);
    if (!repo || !this.canRead(repo)) throw repoNotFound(this.token !== undefined);
    return repo;
  }

  /** The same for a change. Contributors may only change what they made, which this Hub does not record. */
  writableRepo(kind: Kind): Repo {
    const repo = this.repo(kind);
    this.requireRole(repo.owner, maintainers, wireTexts.mayOnlyRead);
    return repo;
  }

  /** Throws when the files of a gated repository are not for whoever asks. */
  requireAccess(repo: Repo): void {
    if (this.hasAccess(repo)) return;
    const user = this.token?.user;
    const request = user && repo.accessRequests.get(user.name)?.status;
    const reason = !user ? "anonymous" : request === undefined || request === "accepted" ? "unasked" : request;
    const name = `${typeOfKind[repo.kind]} ${repo.id}`;
    const page = `${this.url.origin}/${pagePrefix[repo.kind]}${repo.id}`;
    throw new Refusal(user ? 403 : 401, wireTexts.gated[reason](name, page), { code: "GatedRepo" });
  }

  /** Whether whoever asks may read the files: those of a gated repository are for members, and for those let in. */
  hasAccess(repo: Repo): boolean {
    if (repo.record.gated === false) return true;
    const user = this.token?.user;
    if (!user) return false;
    const role = this.world.accounts.roleIn(repo.owner, user);
    const passing = repo.record.settings.orgMembersGated ? admins : members;
    return (role !== undefined && passing.includes(role)) || repo.accessRequests.get(user.name)?.status === "accepted";
  }

  canRead(thing: Owned): boolean {
    return this.world.accounts.maySee(thing, this.token?.user);
  }

  /** Throws unless the caller's token may write and the caller has one of the roles in the namespace. */
  requireRole(
    namespace: string,
    allowed: readonly Role[],
    reason: string = `You do not have the rights for this in the namespace "${namespace}".`,
  ): User {
    const user = this.writer;
    const role = this.world.accounts.roleIn(namespace, user);
    if (role && allowed.includes(role)) return user;
    throw new Refusal(403, reason);
  }

  /** The organisation of the path, in which the caller must have a role. */
  memberOrg(allowed: readonly Role[]): Org {
    const org = this.org();
    const role = this.world.accounts.roleIn(org.name, this.user);
    if (!role || !allowed.includes(role)) throw new Refusal(403, `You do not have the rights for this in ${org.name}.`);
    return org;
  }

  org(): Org {
    const org = this.world.accounts.org(this.param("name"));
    if (!org) throw new Refusal(404, "Sorry, we can't find the page you are looking for.");
    return org;
  }

  revision(repo: Repo, revision: string = this.param("rev")): Commit {
    const commit = repo.git.resolve(revision);
    if (commit) return commit;
    throw revisionNotFound(revision);
  }
}

export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw new Refusal(400, "The body is not valid JSON.");
  }
}
