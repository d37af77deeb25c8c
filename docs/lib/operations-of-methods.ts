import { operations, type OperationFacts, type OperationId } from "@hf-api/raw/operations";
import { allRows } from "../../packages/hub/test/requests/rows.js";

/**
 * Which operations a method calls. The rows of the request tests know, and a test keeps them complete; where two paths
 * reach one operation, the method of the one serves the other.
 */
export function operationsOfMethods(): Map<string, OperationId[]> {
  const found = new Map<string, OperationId[]>();
  for (const { method, operation } of allRows) {
    const known = found.get(method) ?? [];
    if (!known.includes(operation)) found.set(method, [...known, operation]);
  }
  const served = new Set(allRows.map(({ operation }) => operation));
  for (const [method, known] of found)
    found.set(method, [...known, ...known.flatMap(twinsOf).filter((id) => !served.has(id))]);
  return found;
}

const entries = Object.entries(operations) as [OperationId, OperationFacts][];

function twinsOf(id: OperationId): OperationId[] {
  const { sameAs }: OperationFacts = operations[id];
  return entries.flatMap(([other, facts]) => (facts.sameAs === id || other === sameAs ? [other] : []));
}
