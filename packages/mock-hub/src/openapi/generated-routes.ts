import { eventStream, json, redirect, text, type Answer } from "../http/answer.js";
import { parseJson, type Call } from "../http/call.js";
import { invalid } from "../http/fields.js";
import type { Router } from "../http/router.js";
import { check } from "./check.js";
import { operationsOf, type Content, type OpenApiDocument, type Operation, type Parameter } from "./document.js";
import { templateOf } from "./route-template.js";
import { sample } from "./sample.js";
import { requireSubjects } from "./subjects.js";

/** Every operation of the document that no other route responds: checked against the document, answered from it. */
export function addGeneratedRoutes(router: Router, document: OpenApiDocument): void {
  for (const { method, path, operation } of operationsOf(document)) {
    router.add(method, templateOf(path, operation), async (call) => {
      if (method !== "GET" && operation.security?.length !== 0) call.requireWriter();
      checkParameters(call, (operation.parameters ?? []).filter(fillsItsSegment(path)), document);
      requireSubjects(call, path);
      await checkBody(call, operation, document);
      return generate(call, operation, document);
    });
  }
}

/** False for the number in `{n}.parquet`: the router gives whole segments only. */
function fillsItsSegment(path: string): (parameter: Parameter) => boolean {
  const segments = new Set(path.split("/"));
  return (parameter) => parameter.in !== "path" || segments.has(`{${parameter.name}}`);
}

function checkParameters(call: Call, parameters: readonly Parameter[], document: OpenApiDocument): void {
  const known = new Set(parameters.filter((parameter) => parameter.in === "query").map(({ name }) => name));
  for (const name of call.query.keys()) {
    if (!known.has(name.replace(/\[.*\]$/, ""))) throw invalid(`Unrecognized key: "${name}"`, "query");
  }
  for (const parameter of parameters) {
    const values =
      parameter.in === "query"
        ? call.list(parameter.name)
        : parameter.in === "path"
          ? [call.param(parameter.name)]
          : [];
    if (values.length === 0) {
      if (parameter.in === "query" && parameter.required)
        throw invalid("Invalid input: expected a value, received nothing", parameter.name);
      continue;
    }
    const reasons = readings(values).map((value) => check(value, parameter.schema ?? {}, document));
    if (!reasons.includes(undefined)) throw invalid(`Invalid input: ${reasons[0] ?? ""}`, parameter.name);
  }
}

/** A query has only texts; what they mean depends on the schema, so every reading of them may satisfy it. */
function readings(values: readonly string[]): unknown[] {
  const [only] = values;
  if (values.length > 1 || only === undefined) return [values];
  const literal = only === "true" || only === "false" ? [only === "true"] : [];
  return [...(only.trim() === "" ? [] : [Number(only)]), ...literal, only, values].filter(
    (value) => !Number.isNaN(value),
  );
}

async function checkBody(call: Call, { requestBody }: Operation, document: OpenApiDocument): Promise<void> {
  const schema = requestBody?.content["application/json"]?.schema;
  const bytes = await call.request.bytes();
  if (!requestBody || !schema) return;
  if (bytes.length === 0) {
    if (requestBody.required) throw invalid("Expected a body");
    return;
  }
  if (!/json|^$/.test(call.request.header("content-type") ?? "")) return;
  const reason = check(parseJson(new TextDecoder().decode(bytes)), schema, document);
  if (reason !== undefined) throw invalid(`Invalid input: ${reason}`);
}

/** The same request gets the same response. */
function generate(call: Call, operation: Operation, document: OpenApiDocument): Answer {
  const { responses = {} } = operation;
  const [status = "200", response] = Object.entries(responses).find(([code]) => /^[23]/.test(code)) ?? [];
  const code = Number(status) || 200;
  if (code === 302 || code === 303 || code === 307) return redirect(code, "/");
  if (code === 204) return { status: 204, headers: {} };
  return response?.content ? fromContent(response.content, code, call, { operation, document }) : json({}, code);
}

function fromContent(
  content: Content,
  status: number,
  call: Call,
  { operation, document }: { operation: Operation; document: OpenApiDocument },
): Answer {
  const [type, { schema = {} } = {}] = Object.entries(content)[0] ?? ["application/json"];
  const random = call.world.randomFor(`${call.request.method} ${call.url.pathname}${call.url.search}`);
  if (type === "text/event-stream") {
    const data = operation["x-event-stream"]?.data ?? schema;
    return eventStream([1, 2, 3].map(() => sample(data, random, document)));
  }
  if (type === "application/json") return json(sample(schema, random, document), status);
  const lines = [1, 2, 3].map(() => JSON.stringify(sample(schema, random, document)));
  if (type.includes("ndjson")) return text(`${lines.join("\n")}\n`, status, { "content-type": type });
  return text("A generated answer.\n", status, { "content-type": type });
}
