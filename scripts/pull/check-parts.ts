import { isObject, parametersOf, type Json, type OperationAt } from "../document/document.js";
import { listing } from "../cli/quote.js";
import { PipelineError } from "../cli/pipeline-error.js";

const lists = ["required", "enum", "anyOf", "oneOf", "allOf", "prefixItems"];
const unions = ["anyOf", "oneOf", "allOf", "prefixItems"];
const maps = ["properties", "patternProperties", "$defs", "dependentSchemas"];
const types = ["array", "boolean", "integer", "null", "number", "object", "string"];
const single = ["items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames"];

/** Refuses what is made otherwise than its place demands; a generator would stumble over it without saying where. */
export function checkParts({ label, operation }: OperationAt): void {
  for (const parameter of parametersOf(operation)) {
    const at = `the ${parameter.in} parameter ${parameter.name} of ${label}`;
    if (parameter["schema"] !== undefined) checkSchema(parameter["schema"], at);
    checkContent(parameter["content"], at);
  }
  const { requestBody, responses } = operation;
  if (requestBody !== undefined)
    checkContent(holderAt(requestBody, `the body of ${label}`)["content"], `the body of ${label}`);
  for (const [status, response] of Object.entries(isObject(responses) ? responses : {})) {
    const at = `the response ${status} of ${label}`;
    const { content, headers } = holderAt(response, at);
    checkContent(content, at);
    for (const [name, header] of Object.entries(isObject(headers) ? headers : {})) {
      const place = `the header ${name} in ${at}`;
      const { schema } = holderAt(header, place);
      if (schema !== undefined) checkSchema(schema, place);
    }
  }
}

function checkContent(content: Json | undefined, at: string): void {
  for (const [type, media] of Object.entries(isObject(content) ? content : {})) {
    const { schema } = holderAt(media, `${type} in ${at}`);
    if (schema !== undefined) checkSchema(schema, `${type} in ${at}`);
  }
}

function holderAt(value: Json, at: string): { [key: string]: Json } {
  if (isObject(value)) return value;
  throw new PipelineError(`Expected an object as ${at}, found ${JSON.stringify(value).slice(0, 40)}.`);
}

export function checkSchema(schema: Json, at: string, path = "schema"): void {
  const refuse = (expected: string, place: string, found: Json | undefined): never => {
    throw new PipelineError(
      `Expected ${expected} at ${place} of ${at}, found ${JSON.stringify(found)?.slice(0, 40) ?? "nothing"}.`,
    );
  };
  if (typeof schema === "boolean") return;
  if (!isObject(schema)) return refuse("a schema", path, schema);
  if (schema["$ref"] !== undefined && typeof schema["$ref"] !== "string")
    refuse("a text", `${path}.$ref`, schema["$ref"]);
  const { type = [] } = schema;
  const unknown = [type].flat().find((name) => !types.includes(name as string));
  if (unknown !== undefined) refuse(`one of ${listing(types, 9)}`, `${path}.type`, unknown);
  for (const key of lists) {
    if (schema[key] !== undefined && !Array.isArray(schema[key])) refuse("a list", `${path}.${key}`, schema[key]);
  }
  for (const key of unions) {
    for (const [index, member] of ((schema[key] ?? []) as Json[]).entries())
      checkSchema(member, at, `${path}.${key}.${index}`);
  }
  for (const key of maps) {
    const members = schema[key] ?? {};
    if (!isObject(members)) return refuse("schemas by name", `${path}.${key}`, members);
    for (const [name, member] of Object.entries(members)) checkSchema(member, at, `${path}.${key}.${name}`);
  }
  for (const key of single) {
    if (schema[key] !== undefined) checkSchema(schema[key], at, `${path}.${key}`);
  }
}
