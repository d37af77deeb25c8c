import { text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { invalid } from "../http/fields.js";
import type { Router } from "../http/router.js";
import { kindsAndKernels, type Kind } from "../state/repo.js";
import { forKinds } from "./for-kinds.js";
import { diffBetween } from "./unified-diff.js";

export function addCompareRoutes(router: Router): void {
  forKinds(router, "GET", "/api/{kind}/{namespace}/{repo}/compare/{compare}", compare, kindsAndKernels);
}

async function compare(call: Call, kind: Kind): Promise<Answer> {
  const repo = call.repo(kind);
  call.requireAccess(repo);
  const names = call.param("compare").split(/\.{2,3}/);
  const [before, after, ...rest] = names.map((name) => call.revision(repo, name));
  if (!before || !after || rest.length > 0) throw invalid("Expected two revisions with .. between them", "compare");
  return text(await diffBetween(before, after));
}
