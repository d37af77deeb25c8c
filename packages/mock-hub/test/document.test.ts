import { Ajv2020 } from "ajv/dist/2020.js";
import { beforeAll, describe, expect, it } from "vitest";
import { createMockHub, type MockHub, type OpenApiDocument } from "../src/index.js";
import { loadDocument } from "../src/node.js";
import { check } from "../src/openapi/check.js";
import { operationsOf, type FoundOperation } from "../src/openapi/document.js";
import { sample } from "../src/openapi/sample.js";
import { Random } from "../src/random.js";
import { slugOf } from "../src/state/collection.js";
import { type Api, apiOf, present } from "./api.js";

describe("an operation that only the document knows", () => {
  const document = {
    components: {
      schemas: { Thing: { type: "object", properties: { size: { type: "integer", minimum: 3 } }, required: ["size"] } },
    },
    paths: {
      "/api/things/{id}": {
        put: {
          parameters: [
            { name: "id", in: "path", required: true, schema: { type: "string", pattern: "^[a-z]+$" } },
            { name: "limit", in: "query", schema: { type: "integer", maximum: 10 } },
            { name: "tag", in: "query", required: true, schema: { type: "array", items: { type: "string" } } },
          ],
          requestBody: {
            required: true,
            content: { "application/json": { schema: { $ref: "#/components/schemas/Thing" } } },
          },
          responses: {
            201: {
              content: {
                "application/json": { schema: { type: "array", items: { $ref: "#/components/schemas/Thing" } } },
              },
            },
          },
        },
      },
      "/api/files/{path}": {
        get: {
          parameters: [
            { name: "path", in: "path", required: true, schema: { type: "string" }, "x-multi-segment": true },
          ],
        },
      },
    },
  } as const satisfies OpenApiDocument;
  const hub = createMockHub({ document });
  const ada = apiOf(hub, hub.tokens.write);

  it("answers with the status and shape of the document, twice the same", async () => {
    const answer = await ada("PUT", "/api/things/a?tag=x&limit=10", { size: 3 });
    expect(answer.status).toBe(201);
    expect(answer.body).toEqual(expect.arrayContaining([{ size: expect.any(Number) }]));
    expect((await ada("PUT", "/api/things/a?tag=x&limit=10", { size: 3 })).body).toEqual(answer.body);
  });

  it.each([
    ["/api/things/a?tag=x&colour=red", { size: 3 }, 'Unrecognized key: "colour"'],
    ["/api/things/a?tag=x&limit=11", { size: 3 }, "expected number to be <=10"],
    ["/api/things/a?tag=x&limit=many", { size: 3 }, "expected integer"],
    ["/api/things/a", { size: 3 }, "expected a value"],
    ["/api/things/A?tag=x", { size: 3 }, "must match"],
    ["/api/things/a?tag=x", undefined, "Expected a body"],
    ["/api/things/a?tag=x", {}, "at /size"],
    ["/api/things/a?tag=x", { size: "3" }, "expected integer, received string at /size"],
    ["/api/things/a?tag=x", { size: 2 }, "expected number to be >=3 at /size"],
    ["/api/things/a?tag=x", "{", "not valid JSON"],
  ])("refuses %s with the body %j", async (path, body, reason) => {
    expect(await ada("PUT", path, body)).toMatchObject({
      status: 400,
      body: { error: expect.stringContaining(reason) },
    });
  });

  it("takes a whole path in one parameter, and a token for changes", async () => {
    expect((await ada("GET", "/api/files/a/b/c.txt")).status).toBe(200);
    expect((await apiOf(hub)("PUT", "/api/things/a?tag=x", { size: 3 })).status).toBe(401);
  });
});

describe("the Hub's document", () => {
  let document: OpenApiDocument;
  let hub: MockHub;
  let ada: Api;
  let validate: (body: unknown, schema: object) => string | undefined;
  let values: Record<string, string>;

  beforeAll(async () => {
    document = present(await loadDocument());
    hub = createMockHub({ document });
    ada = apiOf(hub, hub.tokens.write);
    const ajv = new Ajv2020({ strict: false, validateFormats: false });
    ajv.addSchema({ $id: "hub", components: document.components });
    validate = (body, schema) => {
      const absolute = JSON.parse(JSON.stringify(schema).replaceAll('"#/components', '"hub#/components')) as object;
      return ajv.validate(absolute, body) ? undefined : ajv.errorsText();
    };
    values = await knownValues(hub, ada);
  });

  it("every operation answers, and every JSON answer has the shape the document gives it", async () => {
    // Deletions last, so that what the others need is still there.
    const operations = operationsOf(document).toSorted(
      (a, b) => Number(a.method === "DELETE") - Number(b.method === "DELETE"),
    );
    const wrong: string[] = [];
    let succeeded = 0;
    for (const found of operations) {
      const { path, body } = requestFor(found, values, document, hub);
      const answer = await ada(found.method, path, body);
      if (answer.status < 400) succeeded++;
      const reason = faultOf(found, answer.status, answer.body);
      if (reason !== undefined) wrong.push(`${found.method} ${path}: ${reason}`);
    }
    expect(wrong).toEqual([]);
    expect(operations.length).toBeGreaterThan(300);
    // The rest is refused with good reason: a made-up branch, a user that nobody knows, a repository that is not gated.
    expect(succeeded / operations.length).toBeGreaterThan(0.84);
  });

  function faultOf({ operation }: FoundOperation, status: number, body: unknown): string | undefined {
    if (status >= 500 || status === 405) return `${status} ${JSON.stringify(body)}`;
    const schema = operation.responses?.[status]?.content?.["application/json"]?.schema;
    return schema && validate(body, schema);
  }

  it("events have the form that the document describes beside the type of the stream", async () => {
    const stream = await ada("GET", "/api/spaces/ada/transcribe-mistwood/metrics");
    const data = [...String(stream.body).matchAll(/^data: ?(.*)$/gm)].map(
      ([, text = ""]) => JSON.parse(text) as unknown,
    );
    expect(data).toHaveLength(3);
    const schema = { $ref: "#/components/schemas/JobMetrics" };
    for (const event of data) expect([typeof event, check(event, schema, document)]).toEqual(["object", undefined]);
  });

  it("samples satisfy the schemas they are made from", () => {
    const schemas = Object.entries(document.components?.schemas ?? {});
    const wrong = schemas.flatMap(([name, schema]) => {
      const value = sample(schema, new Random(name), document);
      const reason = check(value, schema, document) ?? validate(value, schema);
      return reason === undefined ? [] : [`${name}: ${reason}`];
    });
    expect(schemas.length).toBeGreaterThan(50);
    expect(wrong).toEqual([]);
  });
});

/** Path parameters that exist, so that operations with state have something to work on. */
async function knownValues(hub: MockHub, ada: Api): Promise<Record<string, string>> {
  for (const type of ["model", "dataset", "space", "kernel"]) {
    const files = [{ path: "folder/file.txt", content: "text" }];
    await ada("POST", "/api/repos/create", { type, name: "sample", sdk: "docker", files });
  }
  await ada("POST", "/api/buckets/ada/sample", {});
  for (const path of ["folder/file.txt", ".gitattributes"]) hub.state.buckets.get("ada/sample")?.put(path, "text", 0);
  await ada("POST", "/api/models/ada/sample/discussions", { title: "t", description: "d" });
  const job = await ada("POST", "/api/jobs/ada", { dockerImage: "x", flavor: "cpu-basic" });
  const webhook = await ada("POST", "/api/settings/webhooks", { url: "https://example.com", watched: [], domains: [] });
  const collection = present(hub.state.collections.find(({ owner }) => owner === "ada"));
  const [paper] = hub.state.papers.keys();
  return {
    repoType: "models",
    namespace: "ada",
    repo: "sample",
    rev: "main",
    compare: "main...main",
    path: ".gitattributes",
    name: "acme-research",
    username: "grace",
    num: "1",
    status: "pending",
    action: "enable",
    paperId: present(paper),
    arxivId: present(paper),
    jobId: (job.body as { id: string }).id,
    webhookId: (webhook.body as { webhook: { id: string } }).webhook.id,
    resourceGroupId: present(present(hub.state.accounts.org("acme-research")).resourceGroups[0]).id,
    slug: slugOf(collection).slice("ada/".length, -25),
    id: collection.id,
    itemId: present(collection.items[0])._id,
  };
}

/** A valid request, as far as the document tells. */
function requestFor(
  { path, method, operation }: FoundOperation,
  values: Record<string, string>,
  document: OpenApiDocument,
  hub: MockHub,
) {
  const random = new Random(`${method} ${path}`);
  const valueOf = (name: string, schema: object): string => {
    if (path.startsWith("/api/collections") && name === "slug" && !path.includes("-{id}"))
      return `${values["slug"]}-${values["id"]}`;
    if (path.startsWith("/api/scheduled-jobs") && name === "jobId") return hub.state.scheduledJobs[0]?.id ?? "none";
    if (path.includes("/tree/") && name === "path") return "folder";
    if (path.includes("/sql-console/") && name === "repoType") return "datasets";
    return values[name] ?? String(sample(schema, random, document));
  };
  let filled = path;
  const query = new URLSearchParams();
  for (const { name, in: where, schema = {}, required } of operation.parameters ?? []) {
    if (where === "path") filled = filled.replace(`{${name}}`, encodeURIComponent(valueOf(name, schema)));
    else if (where === "query" && required) query.set(name, String(sample(schema, random, document)));
  }
  const [, { schema } = {}] =
    Object.entries(operation.requestBody?.content ?? {}).find(([type]) =>
      /^application\/([\w.-]+\+)?json$/.test(type),
    ) ?? [];
  return { path: `${filled}?${query}`.replace(/\?$/, ""), body: schema && sample(schema, random, document) };
}
