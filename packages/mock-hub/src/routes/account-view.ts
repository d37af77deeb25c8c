import type { Call } from "../http/call.js";
import { Refusal } from "../http/refusal.js";
import { avatarOf, type User } from "../state/accounts.js";
import type { World } from "../state/world.js";

/** An account as discussions and collections show it. Authors who are gone have none. */
export function accountCard(name: string, world: World): Record<string, unknown> | undefined {
  const account = world.accounts.find(name);
  if (!account) return undefined;
  const { _id, fullname, type } = account;
  const plan = account.type === "org" && account.plan ? { plan: account.plan } : {};
  const pro = account.type === "user" ? { isPro: account.isPro } : {};
  return {
    _id,
    avatarUrl: avatarOf(account),
    fullname,
    name: account.name,
    isHf: false,
    isHfAdmin: false,
    isMod: false,
    type,
    ...plan,
    ...pro,
  };
}

/** The same with its followers, as collections show whose they and their items are. */
export function followedCard(name: string, { world, token }: Call): Record<string, unknown> | undefined {
  const card = accountCard(name, world);
  if (!card) return undefined;
  const followerCount = world.accounts.users.filter(({ following }) => following.has(name)).length;
  return { ...card, followerCount, isUserFollowing: token?.user.following.has(name) ?? false };
}

/** A user as lists of members, followers and likers show it. */
export function userItem(user: User): Record<string, unknown> {
  return {
    _id: user._id,
    user: user.name,
    fullname: user.fullname,
    type: "user",
    isPro: user.isPro,
    avatarUrl: avatarOf(user),
  };
}

/** The short form of an owner that jobs and webhooks use. */
export function ownerRef(
  name: string,
  world: World,
): { id: string; name: string; type: "user" | "org"; avatarUrl: string } {
  const account = world.accounts.find(name);
  if (!account) throw new Refusal(404, `There is no user or organization "${name}"`);
  return { id: account._id, name: account.name, type: account.type, avatarUrl: avatarOf(account) };
}
