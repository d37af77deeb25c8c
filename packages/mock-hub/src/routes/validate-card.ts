import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { reportOn } from "./card-report.js";
import { requiredChoice, requiredText } from "../http/fields.js";
import type { Router } from "../http/router.js";
import { repoTypes } from "../state/repo.js";

export function addValidateCardRoutes(router: Router): void {
  router.add("POST", "/api/validate-yaml", validateCard);
}

async function validateCard(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const report = reportOn(requiredText(fields, "content"), requiredChoice(fields, "repoType", repoTypes));
  return json(report, report.errors.length > 0 ? 400 : 200);
}
