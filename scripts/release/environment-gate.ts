import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import { gh } from "./pull-requests.js";

/**
 * Refuses a release that nobody would be asked about: where the environment is missing, GitHub makes one without
 * reviewers when a job names it.
 */
export async function checkReviewers(root: string, repository: string, environment: string): Promise<void> {
  const text = await gh(root, "api", `repos/${repository}/environments/${environment}`).catch((error: Error) => {
    const found = /HTTP 404/.test(error.message) ? "does not exist" : `cannot be read: ${quote(error.message, 200)}`;
    throw refusal(environment, found);
  });
  const { protection_rules: rules = [] } = JSON.parse(text) as { protection_rules?: Rule[] };
  const reviewers = rules.flatMap((rule) => (rule.type === "required_reviewers" ? (rule.reviewers ?? []) : []));
  if (reviewers.length === 0) throw refusal(environment, "has no required reviewers");
}

interface Rule {
  type: string;
  reviewers?: unknown[];
}

const refusal = (environment: string, found: string): PipelineError =>
  new PipelineError(
    `The environment ${environment} ${found}, so a release would go out unseen. Set it up as CONTRIBUTING.md says, and run this again.`,
  );
