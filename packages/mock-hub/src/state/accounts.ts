export const roles = ["admin", "write", "contributor", "read", "no_access"] as const;
export type Role = (typeof roles)[number];
/** The roles that may change everything of an owner, those that may add to it, and those that may see it. */
export const maintainers: readonly Role[] = ["admin", "write"];
export const contributors: readonly Role[] = [...maintainers, "contributor"];
export const members: readonly Role[] = [...contributors, "read"];

export interface User {
  readonly type: "user";
  readonly _id: string;
  readonly name: string;
  fullname: string;
  email: string;
  isPro: boolean;
  createdAt: number;
  following: Set<string>;
  /** Relative, as the Hub sends it. Default `/avatars/{_id}.svg`. */
  avatarUrl?: string;
}

export interface Org {
  readonly type: "org";
  readonly _id: string;
  readonly name: string;
  fullname: string;
  details: string;
  isVerified: boolean;
  plan?: "team" | "enterprise" | "plus";
  members: Map<string, Role>;
  resourceGroups: ResourceGroup[];
  avatarUrl?: string;
  /** Whether new repositories are private when the request doesn't say. Default false. */
  isPrivateByDefault?: boolean;
}

export interface ResourceGroup {
  readonly id: string;
  name: string;
  description: string | null;
  autoJoin: { enabled: true; role: Role; scope?: string } | { enabled: false };
  spendLimits?: Record<string, unknown>;
  users: Map<string, { role: Role; addedBy: string }>;
}

export interface Token {
  user: User;
  role: "read" | "write";
  /** What its owner calls it. Default `mock {role} token`. */
  name?: string;
  /** Of a token that came by OAuth. */
  expiresAt?: number;
}

/** A repository, a bucket or a collection, as far as it decides who sees it. */
export interface Owned {
  readonly owner: string;
  readonly isPrivate: boolean;
}

/** Users and organisations share one name space, whose letter case does not matter. */
export class Accounts {
  readonly #byName = new Map<string, User | Org>();
  readonly #tokens = new Map<string, Token>();

  add(account: User | Org): void {
    this.#byName.set(account.name.toLowerCase(), account);
  }

  find(name: string): User | Org | undefined {
    return this.#byName.get(name.toLowerCase());
  }

  user(name: string): User | undefined {
    const account = this.find(name);
    return account?.type === "user" ? account : undefined;
  }

  org(name: string): Org | undefined {
    const account = this.find(name);
    return account?.type === "org" ? account : undefined;
  }

  get users(): User[] {
    return [...this.#byName.values()].filter((account) => account.type === "user");
  }

  get orgs(): Org[] {
    return [...this.#byName.values()].filter((account) => account.type === "org");
  }

  /** In the order in which the organisations were made. */
  orgsOf(user: User): Org[] {
    return this.orgs.filter((org) => org.members.has(user.name));
  }

  /** The role of a user in a namespace: its own or an organisation's. */
  roleIn(namespace: string, user: User): Role | undefined {
    if (namespace.toLowerCase() === user.name.toLowerCase()) return "admin";
    return this.org(namespace)?.members.get(user.name);
  }

  /** Whether a user, or somebody who is not signed in, may see what belongs to an owner. */
  maySee({ owner, isPrivate }: Owned, user: User | undefined): boolean {
    const role = user && this.roleIn(owner, user);
    return !isPrivate || (role !== undefined && members.includes(role));
  }

  issueToken(value: string, token: Token): string {
    this.#tokens.set(value, token);
    return value;
  }

  /** All that were issued, by their values. */
  get tokens(): ReadonlyMap<string, Token> {
    return this.#tokens;
  }

  /** Who is behind a token that is good now. */
  token(value: string, now: number): Token | undefined {
    const token = this.#tokens.get(value);
    return token && now < (token.expiresAt ?? Infinity) ? token : undefined;
  }
}

export function avatarOf(account: User | Org): string {
  return account.avatarUrl ?? `/avatars/${account._id}.svg`;
}
