import { describe, expect, it } from "vitest";
import { checkDocument, parseDocument } from "./check-document.js";
import type { Document, Json, JsonObject } from "../document/document.js";
import { normalise } from "./normalise.js";
import { PipelineError } from "../cli/pipeline-error.js";

const withOperation = (operation: Json, more: JsonObject = {}): JsonObject => ({
  openapi: "3.1.0",
  paths: { "/a": { get: operation } },
  ...more,
});
const answering = (schema: Json, schemas: JsonObject = {}): JsonObject =>
  withOperation({ responses: { "200": { content: { json: { schema } } } } }, { components: { schemas } });
const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

const parameter = (member: Json): JsonObject => withOperation({ parameters: [member] });

describe("a text is refused", () => {
  it.each<[string, string, string]>([
    ["that is HTML", "<!doctype html><title>Down</title>", "The source is HTML, not JSON"],
    ["that is HTML after white space", "\n\n  <html></html>", "The source is HTML, not JSON"],
    ["that is empty", "", "The source is empty"],
    ["that is blank", " \n\t", "The source is empty"],
    ["that is truncated", `{"openapi":"3.1.0","paths":{"/a":{"g`, "The source is not complete JSON"],
    ["that is no JSON", "openapi: 3.1.0", "The source is not complete JSON"],
    ["that has more after its JSON", `${JSON.stringify(withOperation({}))}}`, "The source is not complete JSON"],
    ["that is an empty object", "{}", "no OpenAPI 3.1 document (no openapi field)"],
    ["that is null", "null", "The source is JSON but no object"],
    ["that is a list", "[]", "The source is JSON but no object"],
    ["that is a number", "42", "The source is JSON but no object"],
    ["that is an error message", `{"error":"Service unavailable"}`, "no OpenAPI 3.1 document (no openapi field)"],
    ["that is Swagger", `{"swagger":"2.0","paths":{}}`, "no OpenAPI 3.1 document (no openapi field)"],
    ["of version 3.0", `{"openapi":"3.0.3","paths":{"/a":{}}}`, "no OpenAPI 3.1 document (version 3.0.3)"],
    ["of version 3.10", `{"openapi":"3.10.0","paths":{"/a":{}}}`, "no OpenAPI 3.1 document (version 3.10.0)"],
    ["whose version is a number", `{"openapi":3.1,"paths":{"/a":{}}}`, "no OpenAPI 3.1 document (no openapi field)"],
    ["without paths", `{"openapi":"3.1.0"}`, "The document has no paths."],
    ["with an empty map of paths", `{"openapi":"3.1.0","paths":{}}`, "The document has no paths."],
    ["with a list of paths", `{"openapi":"3.1.0","paths":[{"get":{}}]}`, "The document has no paths."],
    [
      "with a __proto__ key in an operation",
      `{"openapi":"3.1.0","paths":{"/a":{"get":{"__proto__":{"polluted":true}}}}}`,
      "The document has a __proto__ key at #/paths//a/get; refusing it.",
    ],
    [
      "with a __proto__ key deep inside a schema",
      JSON.stringify(answering({ properties: { a: { properties: { b: { x: 1 } } } } })).replace(`"x"`, `"__proto__"`),
      "The document has a __proto__ key",
    ],
    ["with a __proto__ path", `{"openapi":"3.1.0","paths":{"__proto__":{}}}`, "has a __proto__ key at #/paths"],
  ])("%s", (_, text, message) => {
    expect(() => parseDocument(text)).toThrow(PipelineError);
    expect(() => parseDocument(text)).toThrow(message);
    expect({}).not.toHaveProperty("polluted");
  });

  it.each([
    ["objects", `{"a":`, "1", "}"],
    ["lists", "[", "1", "]"],
  ])("that nests 5,000 %s", (_, open, inner, close) => {
    const deep = open.repeat(5_000) + inner + close.repeat(5_000);
    expect(() => parseDocument(`{"openapi":"3.1.0","paths":{"/a":{"get":{"x":${deep}}}}}`)).toThrow(
      /^The document is nested more than 200 levels deep at .{1,200}\.$/,
    );
  });
});

describe("a name that could break out of generated code is refused", () => {
  const payloads = ["a`b", 'a"b', "a'b", "a\\b", "a*/b", "a\nb", "a\rb", "a${b}", "a\u2028b", "a\u0000b", "a\u001bb"];

  it.each(payloads)("as a property: %j", (name) => {
    expect(() => checkDocument(answering({ properties: { [name]: {} } }))).toThrow(
      `The name ${JSON.stringify(name)} at #/paths//a/get/responses/200/content/json/schema/properties could break out of generated code; refusing it.`,
    );
  });

  it.each(payloads)("as a path: %j", (name) => {
    expect(() => checkDocument({ openapi: "3.1.0", paths: { [`/${name}`]: { get: {} } } })).toThrow(
      /could break out of generated code|is no plain path template/,
    );
  });

  it.each(payloads)("as a schema, a header, a media type and a status: %j", (name) => {
    for (const document of [
      answering({}, { [name]: {} }),
      withOperation({ responses: { "200": { headers: { [name]: {} } } } }),
      withOperation({ requestBody: { content: { [name]: {} } } }),
      withOperation({ responses: { [name]: {} } }),
    ]) {
      expect(() => checkDocument(document)).toThrow("could break out of generated code");
    }
  });

  it.each([...payloads, "a b", "", "__proto__"])("as a parameter: %j", (name) => {
    expect(() => checkDocument(parameter({ name, in: "query" }))).toThrow(
      `GET /a has a parameter named ${JSON.stringify(name)}; refusing it.`,
    );
  });
});

describe("a name that no generator can print is refused with its place", () => {
  it.each(["hasOwnProperty", "valueOf", "isPrototypeOf", "toLocaleString", "__defineGetter__"])("%s", (name) => {
    const holder = { properties: { list: { items: { properties: { [name]: { type: "string" } } } } } };
    expect(() => checkDocument(answering(holder))).toThrow(
      `The name ${name} at #/paths//a/get/responses/200/content/json/schema/properties/list/items/properties is one`,
    );
    expect(() => checkDocument(answering({}, { [name]: {} }))).toThrow(
      `The name ${name} at #/components/schemas is one`,
    );
  });
});

describe("a path is refused", () => {
  it.each([
    "a",
    "/",
    "/a/",
    "//a",
    "/a?b=c",
    "/a#b",
    "/a b",
    "/a;b",
    "https://example.com/a",
    "/a|b",
    "/ä",
    "/a/../b",
    "/..",
    "/./a",
  ])("that is no plain template: %s", (path) => {
    expect(() => checkDocument({ openapi: "3.1.0", paths: { [path]: { get: {} } } })).toThrow(
      `The path ${JSON.stringify(path)} is no plain path template.`,
    );
  });

  it.each<[string, Json, string]>([
    ["that holds no path item", null, "The path /a holds no path item."],
    ["with parameters of its own", { parameters: [] }, "The path /a has parameters, which this pipeline does not know"],
    ["with an unknown verb", { link: {} }, "The path /a has link, which this pipeline does not know"],
    ["with a verb that the clients have no method for", { trace: {} }, "The path /a has trace, which this"],
    ["with servers of its own", { servers: [], get: {} }, "The path /a has servers, which this pipeline does not know"],
    ["whose operation is none", { get: [] }, "GET /a is no operation object."],
    ["whose operation has no word for null", { get: null }, "GET /a is no operation object."],
    ["whose operation has servers", { get: { servers: [{ url: "https://b" }] } }, "GET /a has servers, which this"],
    ["whose operation calls back", { get: { callbacks: {} } }, "GET /a has callbacks, which this pipeline does not"],
    ["whose operation lists its responses", { get: { responses: [] } }, "GET /a has responses that are no object."],
  ])("%s", (_, item, message) => {
    expect(() => checkDocument({ openapi: "3.1.0", paths: { "/a": item } })).toThrow(message);
  });
});

it("webhooks are refused until somebody teaches them", () => {
  expect(() => checkDocument(withOperation({}, { webhooks: { a: {} } }))).toThrow(
    "The document has webhooks, which this pipeline does not know; teach it first.",
  );
});

describe("parameters are refused", () => {
  it.each<[string, Json]>([
    ["without a name", { in: "query" }],
    ["with a number for a name", { name: 1, in: "query" }],
    ["without a place", { name: "a" }],
    ["that are no objects", "a"],
    ["that stand nowhere", { $ref: "#/components/parameters/A" }],
  ])("%s", (_, member) => {
    expect(() => checkDocument(parameter(member))).toThrow("GET /a has a parameter without a name or a place.");
  });

  it("that are no list", () => {
    expect(() => checkDocument(withOperation({ parameters: { name: "a", in: "query" } }))).toThrow(
      "GET /a has parameters that are no list.",
    );
  });
});

describe("a reference is refused", () => {
  it.each([
    "other.json",
    "./other.json#/a",
    "/etc/passwd",
    "file:///etc/passwd",
    "https://example.com/a.json",
    "#",
    "",
    "#/",
    "#/$defs/A",
    "#/components/schemas/A/properties/a",
    "#/components/schemas/A%20b",
    "#/paths/~1a/get/responses/200/content/json/schema",
  ])("that names no component: %j", ($ref) => {
    expect(() => checkDocument(answering({ $ref }, { A: { properties: { a: {} } } }))).toThrow(
      `GET /a has the $ref ${JSON.stringify($ref)}, which names no component; only #/components/<kind>/<name> is followed.`,
    );
  });

  it.each(["#/components/schemas/B", "#/components/schemas/toString", "#/components/responses/A"])(
    "that points at nothing: %s",
    ($ref) => {
      expect(() => checkDocument(answering({ $ref }, { A: {} }))).toThrow(
        `The $ref ${$ref} in GET /a points at nothing.`,
      );
    },
  );

  it("in a component as well", () => {
    expect(() => checkDocument(answering({}, { A: { $ref: "#" } }))).toThrow('the components has the $ref "#"');
  });

  it.each<[string, JsonObject]>([
    ["itself", { A: ref("A") }],
    ["itself over another", { A: ref("B"), B: ref("A") }],
    ["itself through a union", { A: { anyOf: [{ type: "string" }, ref("A")] } }],
    ["itself through an intersection in a choice", { A: { oneOf: [{ allOf: [ref("B")] }] }, B: ref("A") }],
  ])("that leads back to %s", (_, schemas) => {
    expect(() => checkDocument(answering(ref("A"), schemas))).toThrow("leads back to itself.");
  });

  it("that is one of 5,000 in a row", () => {
    const schemas = Object.fromEntries(Array.from({ length: 5_000 }, (_, n) => [`S${n}`, ref(`S${n + 1}`)]));
    expect(() => checkDocument(answering(ref("S0"), schemas))).toThrow("is the end of a chain without end.");
  });

  it.each(["https://example.com/a.json", "./a.json", "/etc/passwd", "a.json"])(
    "that a discriminator maps to, outside of the document: %s",
    (target) => {
      const schema = { oneOf: [ref("A")], discriminator: { propertyName: "type", mapping: { a: target } } };
      expect(() => checkDocument(answering(schema, { A: {} }))).toThrow(`GET /a has the $ref "${target}"`);
    },
  );
});

describe("what is left out stops nothing", () => {
  const odd = { 'it\'s "quoted" */ `x`': 1 };
  it.each<[string, JsonObject]>([
    ["a summary with code marks", withOperation({ summary: "Get `user` */" })],
    [
      "examples with any keys",
      withOperation({ requestBody: { content: { json: { schema: {}, examples: { a: { value: odd } } } } } }),
    ],
    ["an example in a schema", answering({ example: odd, properties: { example: {} } })],
    ["prose and extensions of a path", { openapi: "3.1.0", paths: { "/a": { summary: "`", "x-a": odd, get: {} } } }],
    ["an operationId that is no name", withOperation({ operationId: "list-a.v2" })],
  ])("%s", (_, document) => {
    expect(() => checkDocument(document)).not.toThrow();
  });
});

it("a pattern of names may be written in any way, what it holds may not", () => {
  const holding = (schema: Json): JsonObject => answering({ patternProperties: { "^\\w+\"'$": schema } });
  expect(() => checkDocument(holding({}))).not.toThrow();
  expect(() => checkDocument(holding({ properties: { "a`b": {} } }))).toThrow("could break out of generated code");
});

it("operations that refer to their parameters, bodies and responses are checked as if they had them", () => {
  const referring = withOperation(
    { parameters: [{ $ref: "#/components/parameters/A" }] },
    { components: { parameters: { A: { name: "a b", in: "query" } } } },
  );
  expect(() => checkDocument(referring)).toThrow('GET /a has a parameter named "a b"; refusing it.');
});

describe("a document passes", () => {
  it.each<[string, JsonObject]>([
    ["with references", answering({ items: ref("A") }, { A: ref("B"), B: {} })],
    [
      "with a schema that holds itself in a property or a list",
      answering(ref("A"), { A: { properties: { a: { items: ref("A") } } } }),
    ],
    [
      "with two ways to the same schema",
      answering({ anyOf: [ref("A"), ref("B")] }, { A: ref("C"), B: ref("C"), C: {} }),
    ],
    ["with a property that is named $ref", answering({ properties: { $ref: { type: "string" } } })],
    [
      "with a discriminator that maps to a name",
      answering({ discriminator: { mapping: { a: "A", b: "#/components/schemas/A" } } }, { A: {} }),
    ],
    ["with names that an object's prototype has", answering({ properties: { constructor: {}, toString: {} } })],
    ["with the parameter names of the Hub", parameter({ name: "filter[]", in: "query" })],
    ["with braces and dots in a path", { openapi: "3.1.0", paths: { "/a/{b}-{c}/{d}.parquet": { get: {} } } }],
  ])("%s", (_, document) => {
    const more = { "/b": { get: { responses: { "200": { content: { "application/json": { schema: {} } } } } } } };
    const whole = { ...document, paths: { ...(document["paths"] as JsonObject), ...more } };
    expect(checkDocument(whole)).toEqual(normalise(whole as unknown as Document));
  });

  it("whose schemas reach the last one in 2^60 ways, in good time", () => {
    const both = (n: number): JsonObject => ({ anyOf: [ref(`S${n}`), { allOf: [ref(`S${n}`)] }] });
    const schemas = Object.fromEntries(Array.from({ length: 60 }, (_, n) => [`S${n}`, both(n + 1)]));
    expect(checkDocument(answering(ref("S0"), { ...schemas, S60: {} }))).toBeDefined();
  });

  it("of 20,000 operations, in good time", () => {
    const paths = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`/a/${n}`, { get: { tags: ["a"] } }]));
    expect(checkDocument({ openapi: "3.1.0", paths })).toBeDefined();
  });
});
