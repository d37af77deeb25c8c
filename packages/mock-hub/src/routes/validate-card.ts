import { json, type Answer } from "../answer.js";
import type { Call } from "../call.js";
import { reportOn } from "../card-report.js";
import { requiredChoice, requiredText } from "../fields.js";
import type { Router } from "../router.js";
import { repoTypes } from "../state/repo.js";

export function addValidateCardRoutes(router: Router): void {
  router.add("POST", "/api/validate-yaml", validateCard);
}

async function validateCard(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const report = reportOn(requiredText(fields, "content"), requiredChoice(fields, "repoType", repoTypes));
  return json(report, report.errors.length > 0 ? 400 : 200);
}
