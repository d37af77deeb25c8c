import document from "@hf-api/raw/openapi.json" with { type: "json" };
import { operations, type OperationId } from "@hf-api/raw/operations";
import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import type { SentRequest } from "../servers/recording-hub.js";

interface Parameter {
  name: string;
  in: string;
  required?: boolean;
  schema?: { type?: string } & Record<string, unknown>;
}

interface DocumentedOperation {
  parameters?: Parameter[];
  requestBody?: { required?: boolean; content: Record<string, { schema?: object; "x-line"?: object }> };
  responses?: Record<string, { content?: Record<string, { schema?: object }> }>;
}

const ajv = new Ajv2020({ strict: false, allErrors: true, validateFormats: false });
ajv.addSchema(document, "hub");
const validators = new Map<object, ValidateFunction>();

/** What is wrong with a request by the merged document: undeclared or missing parameters, a body that does not fit. */
export function complaintsAbout(id: OperationId, { target, body, headers }: SentRequest): string[] {
  const { path } = operations[id];
  const operation = documented(id);
  if (operation === undefined) return [`${id} is not in the document`];
  const url = new URL(target, "https://hub.test");
  return [
    ...pathComplaints(path, url.pathname),
    ...queryComplaints(operation, url.searchParams),
    ...bodyComplaints(operation, body, headers.get("content-type")),
  ];
}

/** What is wrong with a response of JSON by the merged document. */
export function responseComplaints(id: OperationId, status: number, body: unknown): string[] {
  const schema = documented(id)?.responses?.[status]?.content?.["application/json"]?.schema;
  const problems = schema === undefined ? undefined : problemsOf(schema, body);
  return problems === undefined ? [] : [`the response does not fit: ${problems}`];
}

function documented(id: OperationId): DocumentedOperation | undefined {
  const { method, path } = operations[id];
  return (document.paths as unknown as Record<string, Record<string, DocumentedOperation>>)[path]?.[method];
}

function pathComplaints(template: string, pathname: string): string[] {
  const pattern = template
    .replaceAll(/[.*+?^$()|[\]\\]/g, "\\$&")
    .replaceAll(/\{(\w+)\}/g, (_, name: string) => (name === "path" ? ".+" : "[^/]+"));
  return new RegExp(`^${pattern}$`).test(pathname) ? [] : [`${pathname} is no case of ${template}`];
}

function queryComplaints({ parameters = [] }: DocumentedOperation, query: URLSearchParams): string[] {
  const declared = parameters.filter((parameter) => parameter.in === "query");
  const unknown = [...new Set(query.keys())].filter((name) => !declared.some((parameter) => parameter.name === name));
  const missing = declared.filter(({ name, required }) => required === true && !query.has(name));
  return [
    ...unknown.map((name) => `the query parameter ${name} is not declared`),
    ...missing.map(({ name }) => `the query parameter ${name} is missing`),
    ...declared.flatMap(({ name, schema }) => {
      if (schema === undefined || !query.has(name)) return [];
      const values = query.getAll(name).map(decoded);
      // A list repeats its key, so one value may stand for a list of one.
      const fits = [values.length === 1 ? values[0] : values, values, query.get(name)].some((value) =>
        validate(schema, value),
      );
      return fits ? [] : [`the query parameter ${name} is ${query.getAll(name).join()}, which its schema refuses`];
    }),
  ];
}

function decoded(text: string): unknown {
  if (text === "true" || text === "false") return text === "true";
  return /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : text;
}

function bodyComplaints({ requestBody }: DocumentedOperation, body: string | undefined, type: string | null): string[] {
  if (body === undefined) return requestBody?.required === true ? ["the body is missing"] : [];
  if (requestBody === undefined) return ["a body is not declared"];
  const content = requestBody.content[type?.split(";")[0] ?? ""];
  if (content === undefined) return [`the body's type ${type} is not declared`];
  const { "x-line": line } = content;
  if (line !== undefined) {
    const lines = body.trimEnd().split("\n");
    return lines.flatMap((text) => {
      const problems = problemsOf(line, JSON.parse(text));
      return problems === undefined ? [] : [`the line ${text.slice(0, 80)} does not fit: ${problems}`];
    });
  }
  const isForm = type === "application/x-www-form-urlencoded";
  if (content.schema === undefined) return ["the document does not describe the body"];
  if (!isForm && !/[/+]json/.test(type ?? "")) return [`a body of ${type} cannot be checked`];
  const value: unknown = isForm ? Object.fromEntries(new URLSearchParams(body)) : JSON.parse(body);
  const problems = problemsOf(content.schema, value);
  return problems === undefined ? [] : [`the body does not fit: ${problems}`];
}

const validate = (schema: object, value: unknown): boolean => problemsOf(schema, value) === undefined;

function problemsOf(schema: object, value: unknown): string | undefined {
  let validator = validators.get(schema);
  if (validator === undefined) {
    validator = ajv.compile(JSON.parse(JSON.stringify(schema).replaceAll('"#/', '"hub#/')) as object);
    validators.set(schema, validator);
  }
  return validator(value) ? undefined : ajv.errorsText(validator.errors);
}
