import { describe as group, expect, it } from "vitest";
import { describe as describeStep } from "../diff/describe.js";
import { isObject, resolvePointer, type Document, type Json, type JsonObject } from "../document/document.js";
import { describeFields, withoutWords, type FieldWords } from "./fields.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { documentOf, json, number, object, text } from "../document/testing.js";

const ref = (name: string): JsonObject => ({ $ref: `#/components/schemas/${name}` });

/** A shape inside a shape, and two operations: one takes a union, one returns a list. */
const document = (): Document => {
  const listThings = json({
    query: { q: text, sort: object({ by: text }) },
    response: { type: "array", items: object({ id: text }) },
  });
  const setThing = {
    ...json({ body: object({ name: text }) }),
    parameters: [{ in: "path", name: "name", required: true, schema: text }],
  };
  const body = {
    allOf: [{ anyOf: [object({ kind: text }), object({ kind: text, size: number })] }, object({ name: text })],
  };
  const { responses, ...taken } = json({ body, response: object({ name: text }) });
  const refused = { description: "", content: { "application/json": { schema: object({ name: text }) } } };
  const createThing = { ...taken, responses: { ...(responses as JsonObject), "409": refused } };
  return {
    ...documentOf({
      "GET /api/things": { operationId: "listThings", ...listThings },
      "POST /api/things": { operationId: "createThing", ...createThing },
      "PUT /api/things/{name}": { operationId: "setThing", ...setThing },
      "POST /api/jobs": { operationId: "runJob", ...json({ body: ref("Job"), response: ref("Job") }) },
    }),
    components: {
      schemas: {
        Job: object({
          secrets: { type: "array", items: text },
          durations: ref("Durations"),
          "labels?": { additionalProperties: object({ at: text }) },
        }),
        Durations: object({ total: number }),
      },
    },
  };
};

/** What is described afterwards, as pointers without the keywords in between. */
function described(words: FieldWords): Record<string, Json> {
  const found: Record<string, Json> = {};
  const visit = (value: Json, path: string): void => {
    if (typeof value !== "object" || value === null) return;
    const words = isObject(value) ? value["description"] : undefined;
    if (words !== undefined && words !== "") found[path] = words;
    for (const [key, member] of Object.entries(value)) visit(member as Json, `${path}/${key}`);
  };
  visit(describeFields(document(), words), "");
  return found;
}

const schemas = "/components/schemas";
const body = "/paths//api/things/post/requestBody/content/application/json/schema";

group("words stand at", () => {
  it.each<[string, FieldWords, string[]]>([
    ["a field of a shape", { Job: { secrets: "Words." } }, [`${schemas}/Job/properties/secrets`]],
    ["a field that is a shape itself", { Job: { durations: "Words." } }, [`${schemas}/Job/properties/durations`]],
    [
      "a field inside another",
      { Job: { "labels.at": "Words." } },
      [`${schemas}/Job/properties/labels/additionalProperties/properties/at`],
    ],
    ["a parameter", { listThings: { q: "Words." } }, ["/paths//api/things/get/parameters/0"]],
    [
      "a field of the body alone, where a parameter has its name",
      { setThing: { name: "Words." } },
      ["/paths//api/things/{name}/put/requestBody/content/application/json/schema/properties/name"],
    ],
    [
      "a field of a parameter",
      { listThings: { "sort.by": "Words." } },
      ["/paths//api/things/get/parameters/1/schema/properties/by"],
    ],
    ["a field of a body, and of no response", { createThing: { name: "Words." } }, [`${body}/allOf/1/properties/name`]],
    ["a field of a body that is a shape", { runJob: { secrets: "Words." } }, [`${schemas}/Job/properties/secrets`]],
    [
      "a field that two describe in the same words",
      { "Job, runJob": { secrets: "Words." } },
      [`${schemas}/Job/properties/secrets`],
    ],
    [
      "each member of a union that has the field",
      { createThing: { kind: "Words.", size: "Words." } },
      [0, 1, 1].map((member, index) => `${body}/allOf/0/anyOf/${member}/properties/${index === 2 ? "size" : "kind"}`),
    ],
    [
      "a field of a response",
      { "createThing.response": { name: "Words." } },
      ["/paths//api/things/post/responses/200/content/application/json/schema/properties/name"],
    ],
    [
      "a field of what a list returns",
      { "listThings.response": { id: "Words." } },
      ["/paths//api/things/get/responses/200/content/application/json/schema/items/properties/id"],
    ],
  ])("%s", (_, words, places) => {
    expect(described(words)).toEqual(Object.fromEntries(places.map((place) => [place, "Words."])));
  });

  it("the same field of several, written once", () => {
    expect(Object.keys(described({ "createThing, createThing.response": { name: "Words." } }))).toHaveLength(2);
  });
});

group("the run stops, and says what to do, at", () => {
  it.each<[string, FieldWords, string]>([
    [
      "a shape that is gone",
      { Jobs: { secrets: "Words." } },
      "there is no shape Jobs; correct the name, or delete the entry.",
    ],
    ["a shape named like an object's own", { ToString: { a: "W." } }, "there is no shape ToString;"],
    [
      "an operation that is gone",
      { runJobs: { secrets: "Words." } },
      "there is no operation runJobs; correct the name",
    ],
    [
      "a part that no operation has",
      { "runJob.body": { a: "Words." } },
      "runJob.body is none of Shape, operation and operation.response",
    ],
    ["a part of a part", { "runJob.response.a": { a: "Words." } }, "runJob.response.a is none of Shape"],
    [
      "a field that is gone",
      { "createThing.response": { nam: "Words." } },
      "createThing.response has no field nam; it has name. Correct the name, or delete the entry.",
    ],
    [
      "a field that every object has",
      { Job: { ["__proto__"]: "Words." } },
      "Job has no field __proto__; it has durations, labels and secrets",
    ],
    [
      "a field of a shape inside the shape",
      { Job: { "durations.total": "Words." } },
      "Job.durations has no field total; it has those of Durations, which are described there. Correct",
    ],
    [
      "other words for a field that two take",
      { Job: { secrets: "A." }, runJob: { secrets: "B." } },
      "runJob.secrets is described already; delete one",
    ],
    [
      "a response that is a shape",
      { "runJob.response": { secrets: "Words." } },
      "it has those of Job, which are described there.",
    ],
    [
      "a field of what has none",
      { listThings: { "q.a": "Words." } },
      "listThings.q has no field a; it has none. Correct",
    ],
    [
      "words that stand twice",
      { Job: { secrets: "A." }, "Job ": { secrets: "B." } },
      "Job.secrets is described already; delete one",
    ],
    [
      "an entry without fields",
      { Job: "Words." as unknown as Record<string, string> },
      "Job needs fields with a sentence each.",
    ],
    ["a file that holds nothing", null as unknown as FieldWords, "it has to be a map of shapes and operations."],
    ...["", "No end", "no beginning.", "Two\nlines.", "Ends */ here.", 3 as unknown as string].map(
      (words): [string, FieldWords, string] => [
        `the words ${JSON.stringify(words)}`,
        { Job: { secrets: words } },
        "Job.secrets needs a plain sentence",
      ],
    ),
  ])("%s", (_, words, message) => {
    expect(() => describeFields(document(), words)).toThrow(PipelineError);
    expect(() => describeFields(document(), words)).toThrow("spec/fields.yaml: ");
    expect(() => describeFields(document(), words)).toThrow(message);
  });
});

it("the document that was given is left alone", () => {
  const given = document();
  describeFields(given, { Job: { secrets: "Words." } });
  withoutWords(describeFields(given, { Job: { secrets: "Words." } }));
  expect(given).toEqual(document());
});

group("words are no facts of the interface:", () => {
  const words: FieldWords = {
    Job: { secrets: "Words." },
    listThings: { q: "Words." },
    createThing: { kind: "Words." },
  };

  it("they change no description of what changed, in either direction", async () => {
    const told = describeFields(document(), words);
    const other = describeFields(document(), { Job: { secrets: "Other words." } });
    for (const [before, after] of [
      [document(), told],
      [told, document()],
      [told, other],
    ] as const) {
      expect(await describeStep(before, after)).toEqual({ raw: "none", hub: "none", changes: [] });
    }
  });

  it("a property that is called description stays", () => {
    const named = {
      ...documentOf({}),
      components: { schemas: { A: object({ description: { ...text, description: "Words." } }) } },
    };
    expect(resolvePointer(withoutWords(named), "#/components/schemas/A")).toEqual(object({ description: text }));
  });
});
