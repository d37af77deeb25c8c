import { json, text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { reportOn, type CardReport } from "./card-report.js";
import { requiredChoice, requiredText } from "../http/fields.js";
import type { Router } from "../http/router.js";
import { repoTypes } from "../state/repo.js";

export function addValidateCardRoutes(router: Router): void {
  router.add("POST", "/api/validate-yaml", validateCard);
}

async function validateCard(call: Call): Promise<Answer> {
  const fields = await call.fields();
  const report = reportOn(
    requiredText(fields, "content"),
    requiredChoice(fields, "repoType", [...repoTypes, "kernel"]),
  );
  const status = report.errors.length > 0 ? 400 : 200;
  return call.request.header("accept")?.startsWith("text/plain") ? text(textOf(report), status) : json(report, status);
}

function textOf({ errors, warnings }: CardReport): string {
  const lines = [
    ...errors.map(({ message }) => `- Error: ${message}`),
    ...warnings.map(({ message }) => `- Warning: ${message}`),
  ];
  return lines.join("\n");
}
