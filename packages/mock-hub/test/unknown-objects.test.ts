import { beforeAll, describe, expect, it } from "vitest";
import { createMockHub, type MockHub } from "../src/index.js";
import { loadDocument } from "../src/node.js";
import { operationsOf, resolveSchema, type FoundOperation, type Parameter } from "../src/openapi/document.js";
import { sample } from "../src/openapi/sample.js";
import { Random } from "../src/random.js";
import { apiOf, present } from "./api.js";

const document = present(await loadDocument());
const unknownId = "0123456789abcdef01234567";

/** What exists, by the parameter that names it and the family of the path. */
function knownId(name: string, path: string): string | undefined {
  const [, family = ""] = /^\/(?:api\/(?:resolve-cache\/)?)?([^/{]*)/.exec(path) ?? [];
  const repos: Record<string, [string, string]> = {
    datasets: ["rajpurkar", "squad"],
    spaces: ["ada", "transcribe-mistwood"],
    kernels: ["kernels-community", "activation"],
  };
  const [owner, repo] = repos[family] ?? ["openai-community", "gpt2"];
  if (name === "namespace") return path.includes("/{repo}") ? owner : "ada";
  return { repo, num: "1", rev: "main", name: "acme-research", username: "grace", slug: unknownId }[name];
}

/** A parameter of the path of which the document names all values is no object. */
function fixedValue({ path, operation }: FoundOperation, name: string): string | undefined {
  const found = operation.parameters?.find(
    (parameter: Parameter) => parameter.name === name && parameter.in === "path",
  );
  const [first] = found?.schema?.enum ?? [];
  return path.includes(`{${name}}`) && first !== undefined ? String(first) : undefined;
}

interface Asked {
  method: string;
  target: string;
  body: unknown;
}

/** A request that the document allows, for objects that do not exist: the last one of the path alone, or all. */
function requestFor(found: FoundOperation, unknown: "the last" | "all"): Asked {
  const { path, operation, method } = found;
  const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = ""]) => name);
  const last = names.findLast((name) => fixedValue(found, name) === undefined);
  const filled = path.replaceAll(/\{(\w+)\}/g, (_, name: string) => {
    const known = unknown === "the last" && name !== last ? knownId(name, path) : undefined;
    return fixedValue(found, name) ?? known ?? (name === "num" ? "99999" : unknownId);
  });
  const random = new Random("unknown objects");
  const query = new URLSearchParams();
  for (const { name, required, schema = {}, in: place } of operation.parameters ?? [])
    if (place === "query" && required === true) query.set(name, String(sample(schema, random, document)));
  const [content] = Object.values(operation.requestBody?.content ?? {});
  const body = method === "GET" ? undefined : sample(resolveSchema(content?.schema ?? {}, document), random, document);
  return {
    method,
    target: `${filled}${query.size > 0 ? `?${query}` : ""}`,
    body: body ?? (method === "GET" ? body : {}),
  };
}

/** What the mock keeps nothing of, so that it is there under every id; the README names it. */
const statelessObjects: readonly RegExp[] = [
  /^\/api\/agentic\/provisioning\/resources\/\{id\}/,
  /^\/api\/blog\//,
  /\/parquet\/\{subset\}/,
  /^\/api\/inference-endpoints\//,
  /\/scim(-provisioning)?\/v2\/(Users|Groups|Schemas)\//,
  /\/service-accounts\/\{serviceAccountId\}/,
  /\/settings\/tokens\/\{tokenId\}\/revoke$/,
];
/** What makes the object that it names, or does without it. */
const creations: readonly RegExp[] = [
  /^POST \/api\/(scheduled-)?jobs\/\{namespace\}$/,
  /^POST \/api\/buckets\/\{namespace\}\/\{repo\}$/,
  /^DELETE .*\/lfs-files\/\{sha\}$/,
];

const operations = operationsOf(document).filter(
  ({ method, path }) =>
    path.includes("{") &&
    !statelessObjects.some((pattern) => pattern.test(path)) &&
    !creations.some((pattern) => pattern.test(`${method} ${path}`)),
);

it("there are hundreds of operations on an object", () => expect(operations.length).toBeGreaterThan(250));

describe.each([
  ["with the document", document],
  ["without the document", undefined],
])("%s", (name, given) => {
  let hub: MockHub;
  beforeAll(() => {
    hub = createMockHub({ seed: 1, document: given });
  });

  it.each(["all", "the last"] as const)(
    "no operation answers where %s of its objects do not exist",
    async (unknown) => {
      const ada = apiOf(hub, hub.tokens.write);
      const answered = [];
      for (const found of operations) {
        const { method, target, body } = requestFor(found, unknown);
        const { status } = await ada(method, target, body);
        // Who may not write hears that first. An old name without owner leads to the full one.
        const isRefused =
          status === 404 ||
          (unknown === "the last" && (status === 403 || status === 307)) ||
          // Another method of the path keeps state.
          (given === undefined && status === 405);
        if (!isRefused) answered.push(`${status} ${method} ${target}`);
      }
      expect(answered, name).toEqual([]);
    },
  );
});
