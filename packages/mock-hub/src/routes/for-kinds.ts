import type { Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import type { Router } from "../http/router.js";
import { kinds, type Kind } from "../state/repo.js";

export type KindHandler = (call: Call, kind: Kind) => Answer | Promise<Answer>;

/** Adds one route under each kind of repository: `{kind}` in the template becomes `models`, `datasets` and `spaces`. */
export function forKinds(
  router: Router,
  method: string,
  template: string,
  handler: KindHandler,
  only: readonly Kind[] = kinds,
): void {
  for (const kind of only) router.add(method, template.replace("{kind}", kind), (call) => handler(call, kind));
}
