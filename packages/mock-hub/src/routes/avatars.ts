import { json, redirect, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { pageNotFound, Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import { avatarOf, type Org, type User } from "../state/accounts.js";
import { findUser } from "./users.js";

export function addAvatarRoutes(router: Router): void {
  router.add("GET", "/api/users/{username}/avatar", (call) => address(call, findUser(call)));
  router.add("GET", "/api/organizations/{name}/avatar", (call) => address(call, call.org()));
  router.add("GET", "/api/avatars/{namespace}", (call) => {
    const account = call.world.accounts.find(call.param("namespace"));
    if (!account) throw new Refusal(404, "There is no user or organization of this name");
    return redirect(302, addressOf(call, account));
  });
  router.add("GET", "/avatars/{file}", picture);
}

function address(call: Call, account: User | Org): Answer {
  const avatarUrl = addressOf(call, account);
  return call.flag("redirect") ? redirect(302, avatarUrl) : json({ avatarUrl });
}

/** Other answers name the picture relatively, this one in full. */
function addressOf(call: Call, account: User | Org): string {
  return new URL(avatarOf(account), call.url.origin).href;
}

/** A square in the color of the account, which the id decides. */
function picture(call: Call): Answer {
  const { users, orgs } = call.world.accounts;
  const account = [...users, ...orgs].find((candidate) => avatarOf(candidate) === call.url.pathname);
  if (!account) throw pageNotFound();
  const color = `hsl(${Number.parseInt(account._id.slice(-4), 16) % 360} 60% 60%)`;
  const body = `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 8 8"><path fill="${color}" d="M0 0h8v8H0z"/></svg>\n`;
  return { status: 200, headers: { "content-type": "image/svg+xml" }, body };
}
