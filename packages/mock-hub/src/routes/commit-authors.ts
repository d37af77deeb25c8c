import { avatarOf } from "../state/accounts.js";
import type { Commit } from "../state/git.js";
import type { World } from "../state/world.js";

interface Author {
  user: string;
  /** Absent for a name that no account has. */
  avatar?: string;
}

/** Where the Hub's own commits say whom they are by. */
const noReply = "users.noreply.huggingface.co";

/** Whoever committed, and those whom the message names as co-authors. */
export function authorsOf({ author, message }: Commit, world: World): Author[] {
  const named = [...message.matchAll(/^Co-authored-by: *(.*?) *<(.+)>$/gim)].map(([, name = "", email = ""]) =>
    userNameOf(name, email, world),
  );
  return [...new Set([author, ...named])].map((user) => {
    const account = world.accounts.find(user);
    return { user, ...(account && { avatar: avatarOf(account) }) };
  });
}

/** The line for a message that names a user as co-author. */
export function coAuthorLine(user: string, world: World): string {
  return `Co-authored-by: ${world.accounts.user(user)?.fullname ?? user} <${user}@${noReply}>`;
}

function userNameOf(name: string, email: string, world: World): string {
  if (email.endsWith(`@${noReply}`)) return email.slice(0, -noReply.length - 1);
  return world.accounts.users.find((user) => user.email === email)?.name ?? name;
}
