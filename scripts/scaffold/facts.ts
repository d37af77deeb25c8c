import { PipelineError } from "../cli/pipeline-error.js";
import { quote } from "../cli/quote.js";
import {
  isObject,
  parametersOf,
  resolvePointer,
  type Document,
  type Json,
  type JsonObject,
  type Method,
  type OperationAt,
} from "../document/document.js";

/** One thing that an operation takes. */
export interface Taken {
  name: string;
  required: boolean;
  schema: Json;
}

/** How the response of an operation reaches a program. */
type ResponseBody =
  | { kind: "nothing" }
  | { kind: "text" }
  | { kind: "unknown" }
  /** `shape`: the named type that it is; `isObject`: whether an interface may extend its type. */
  | { kind: "json"; shape?: string; isObject: boolean }
  | { kind: "list"; shape?: string; isObject: boolean };

/** What a method has to know of its operation. Names, paths and the summary are data of a document. */
export interface Facts {
  id: string;
  method: Method;
  path: string;
  tag: string;
  summary: string;
  isAddition: boolean;
  isDeprecated: boolean;
  isPaged: boolean;
  inPath: Taken[];
  query: Taken[];
  body: Taken[];
  bodyRequired: boolean;
  response: ResponseBody;
}

/** Reads what a method needs. What no method of the usual kind can do is refused, with the reason. */
export function factsOf(document: Document, at: OperationAt): Facts {
  const { method, path, operation } = at;
  const refuse = (reason: string): never => {
    throw new PipelineError(`${quote(at.label, 120)} ${reason}; write its method by hand.`);
  };
  const parameters = parametersOf(operation).map((parameter) => ({
    in: parameter.in,
    name: parameter.name,
    required: parameter["required"] === true,
    schema: parameter["schema"] ?? {},
  }));
  const header = parameters.find((parameter) => parameter.in !== "path" && parameter.in !== "query");
  if (header !== undefined) refuse(`takes ${quote(header.name)} outside of path and query`);
  const paging = operation["x-paging"];
  if (isObject(paging) && paging["scheme"] !== "link") refuse("is a list that continues in a way of its own");
  const { body, bodyRequired } = bodyOf(document, operation["requestBody"], refuse);
  return {
    id: String(operation["operationId"]),
    method,
    path,
    tag: Array.isArray(operation["tags"]) ? String(operation["tags"][0] ?? "") : "",
    summary: typeof operation["summary"] === "string" ? operation["summary"] : "",
    isAddition: operation["x-hf-addition"] !== undefined,
    isDeprecated: operation["deprecated"] === true,
    isPaged: isObject(paging),
    inPath: parameters.filter((parameter) => parameter.in === "path"),
    query: parameters.filter((parameter) => parameter.in === "query"),
    body,
    bodyRequired,
    response: responseBodyOf(document, operation["responses"], refuse),
  };
}

type RefuseWith = (reason: string) => never;

function bodyOf(
  document: Document,
  requestBody: Json | undefined,
  refuse: RefuseWith,
): Pick<Facts, "body" | "bodyRequired"> {
  if (!isObject(requestBody)) return { body: [], bodyRequired: false };
  const [[type, media] = ["", null], ...others] = Object.entries(
    isObject(requestBody["content"]) ? requestBody["content"] : {},
  );
  if (type !== "application/json" || others.length > 0) refuse(`takes a body of ${quote(type)}`);
  const schema = resolved(document, isObject(media) ? media["schema"] : undefined);
  const properties = propertiesOf(document, schema);
  if (properties === undefined) return refuse("takes a body that is not one plain object");
  return { body: properties, bodyRequired: requestBody["required"] === true };
}

/** The properties of a plain object, of which a caller gives each by its name. */
function propertiesOf(document: Document, schema: Json | undefined): Taken[] | undefined {
  if (!isObject(schema) || schema["type"] !== "object" || !isObject(schema["properties"])) return undefined;
  if (["anyOf", "oneOf", "allOf"].some((key) => schema[key] !== undefined)) return undefined;
  const required = Array.isArray(schema["required"]) ? schema["required"] : [];
  return Object.entries(schema["properties"]).map(([name, property]) => ({
    name,
    required: required.includes(name),
    schema: resolved(document, property),
  }));
}

/** The schema that a reference names. */
export function resolved(document: Document, schema: Json | undefined): Json {
  if (!isObject(schema) || typeof schema["$ref"] !== "string") return schema ?? {};
  return resolved(document, resolvePointer(document, schema["$ref"]));
}

function responseBodyOf(document: Document, responses: Json | undefined, refuse: RefuseWith): ResponseBody {
  const [, success] =
    Object.entries(isObject(responses) ? responses : {}).find(([status]) => /^[23]/.test(status)) ?? [];
  const response = resolved(document, success);
  const [[type, media] = ["", null]] = Object.entries(
    isObject(response) && isObject(response["content"]) ? response["content"] : {},
  );
  if (type === "") return { kind: "nothing" };
  if (/^text\/(plain|markdown|html)$/.test(type)) return { kind: "text" };
  if (type !== "application/json") return refuse(`responds with ${quote(type)}`);
  const schema = isObject(media) ? media["schema"] : undefined;
  const whole = resolved(document, schema);
  if (isObject(whole) && whole["type"] === "array") return { kind: "list", ...kindOf(document, whole["items"]) };
  if (!isObject(whole) || Object.keys(whole).length === 0) return { kind: "unknown" };
  return { kind: "json", ...kindOf(document, schema) };
}

function kindOf(document: Document, schema: Json | undefined): { shape?: string; isObject: boolean } {
  const whole = resolved(document, schema);
  const reference =
    isObject(schema) && typeof schema["$ref"] === "string" ? schema["$ref"].split("/").at(-1) : undefined;
  const plain: JsonObject = isObject(whole) ? whole : {};
  const isPlain = plain["type"] === "object" && isObject(plain["properties"]);
  return {
    ...(reference === undefined ? {} : { shape: reference }),
    isObject: isPlain && plain["anyOf"] === undefined,
  };
}
