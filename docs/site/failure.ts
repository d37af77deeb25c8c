import { HubError, HubResponseError } from "../../packages/hub/src/errors.js";

/** An error as a reader of the playground needs it: what to branch on stands out. */
export function failureText(error: unknown): string {
  if (!(error instanceof Error)) return `Thrown: ${String(error)}`;
  const lines = [`${error.name}: ${error.message}`];
  if (error instanceof HubResponseError) {
    lines.push(`  error.code       ${error.code}`, `  error.status     ${error.status}`);
    if (error.requestId !== undefined) lines.push(`  error.requestId  ${error.requestId}`);
  }
  const { cause } = error;
  if (error instanceof HubError && cause instanceof Error) lines.push(`  error.cause      ${cause.message}`);
  return lines.join("\n");
}
