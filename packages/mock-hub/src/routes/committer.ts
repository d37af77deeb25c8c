import type { Call } from "../http/call.js";
import { contributors, type User } from "../state/accounts.js";
import type { Repo } from "../state/repo.js";

/**
 * Whoever asks, if they may commit: to open a pull request a token that may write is enough, as it is for the author of
 * the pull request whose branch the path names.
 */
export function requireCommitter(call: Call, repo: Repo): User {
  const user = call.writer;
  const num = /^refs\/pr\/(\d+)$/.exec(call.param("rev"))?.[1];
  const isAuthor = num !== undefined && repo.discussions.find((one) => one.num === Number(num))?.author === user.name;
  if (call.flag("create_pr") || isAuthor) return user;
  return call.requireRole(repo.owner, contributors);
}
