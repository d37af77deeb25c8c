import openapi from "@hf-api/raw/openapi.json" with { type: "json" };
import { operations, type OperationFacts, type OperationId } from "@hf-api/raw/operations";
import { firstSentence } from "./prose.js";
import type { MethodReference } from "./reference.js";

export interface WireOperation {
  id: OperationId;
  facts: OperationFacts;
  parameters: readonly WireParameter[];
  statuses: readonly string[];
}

interface WireParameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string | string[]; enum?: unknown[] };
}

interface DocumentOperation {
  parameters?: WireParameter[];
  responses?: Record<string, unknown>;
  [name: string]: unknown;
}

export interface OpenApi {
  paths: Record<string, Record<string, DocumentOperation>>;
  [name: string]: unknown;
}

/** The merged document, as @hf-api/raw publishes it; its inferred type is too narrow to be walked through. */
export const mergedDocument: OpenApi = openapi as unknown as OpenApi;

/** Every operation, with what the document says of it. */
export function readOperations({ paths }: OpenApi): WireOperation[] {
  return (Object.entries(operations) as [OperationId, OperationFacts][]).map(([id, facts]) => {
    const described = paths[facts.path]?.[facts.method];
    if (described === undefined) throw new Error(`the document has no ${facts.method} ${facts.path}; generate again`);
    const { parameters = [], responses = {} } = described;
    return { id, facts, parameters, statuses: Object.keys(responses) };
  });
}

/** The same document, in which each operation also says which method calls it, and how: for other documentation tools. */
export function withSamples(document: OpenApi, methods: readonly MethodReference[]): OpenApi {
  const paths = structuredClone(document.paths);
  for (const { name, text, sample, operations: ids } of methods) {
    for (const id of ids) {
      const { path, method }: OperationFacts = operations[id];
      const operation = paths[path]?.[method];
      if (operation === undefined || operation["x-codeSamples"] !== undefined) continue;
      operation["summary"] ??= firstSentence(text);
      operation["x-codeSamples"] = [{ lang: "TypeScript", label: `hub.${name}`, source: sample }];
    }
  }
  return { ...document, paths };
}
