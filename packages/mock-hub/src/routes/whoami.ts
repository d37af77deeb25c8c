import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import type { Router } from "../http/router.js";
import { avatarOf, type Token, type User } from "../state/accounts.js";
import { isoDate } from "../state/world.js";

export function addWhoamiRoutes(router: Router): void {
  router.add("GET", "/api/whoami-v2", whoami);
}

function whoami(call: Call): Answer {
  const user = call.user;
  const { accounts } = call.world;
  return json({
    type: "user",
    id: user._id,
    name: user.name,
    fullname: user.fullname,
    email: user.email,
    emailVerified: true,
    canPay: user.isPro,
    billingMode: "postpaid",
    periodEnd: null,
    isPro: user.isPro,
    avatarUrl: avatarOf(user),
    orgs: accounts.orgsOf(user).map((org) => ({
      type: "org",
      id: org._id,
      name: org.name,
      fullname: org.fullname,
      canPay: org.plan !== undefined,
      periodEnd: null,
      avatarUrl: avatarOf(org),
      ...(org.plan && { plan: org.plan }),
      roleInOrg: accounts.roleIn(org.name, user),
    })),
    auth: authOf(call.token, user),
  });
}

function authOf(token: Token | undefined, user: User): Record<string, unknown> {
  if (token?.expiresAt !== undefined) return { type: "oauth", expiresAt: isoDate(token.expiresAt) };
  const accessToken = {
    displayName: token?.name ?? `mock ${token?.role} token`,
    role: token?.role,
    createdAt: isoDate(user.createdAt),
  };
  return { type: "access_token", accessToken };
}
