import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";
import { beforeAll, describe, expect, it } from "vitest";
import type { Document, JsonObject } from "../document/document.js";
import { readKnownCalls, type KnownCall } from "../scaffold/known-calls.js";
import { readSources } from "../scaffold/read-sources.js";
import { scaffold } from "../scaffold/scaffold.js";
import type { Sources } from "../scaffold/source-tree.js";
import { takeOut } from "./take-out.js";

const root = fileURLToPath(new URL("../..", import.meta.url));

let sources: Sources;
let calls: KnownCall[];
let document: Document;

beforeAll(async () => {
  sources = await readSources(join(root, "packages/hub"));
  calls = await readKnownCalls(root);
  document = JSON.parse(await readFile(join(root, "packages/raw/src/generated/openapi.json"), "utf8")) as Document;
});

const without = (...ids: string[]): KnownCall[] => calls.filter(({ operation }) => !ids.includes(operation));

/** The document with one operation more. */
const withOperation = (path: string, verb: string, operation: JsonObject): Document => ({
  ...document,
  paths: { ...document.paths, [path]: { [verb]: { tags: ["orgs"], responses: {}, ...operation } } },
});

/** The part of a text between two marks, both included. */
function between(text: string | undefined, from: string, to: string): string {
  const start = (text ?? "").indexOf(from);
  const end = (text ?? "").indexOf(to, start);
  return start === -1 || end === -1 ? `no ${from} … ${to}` : (text ?? "").slice(start, end + to.length);
}

const org = { in: "path", name: "name", required: true, schema: { type: "string" } };

describe("a method that is taken out and scaffolded again", () => {
  it("is the one that a person wrote: a plain GET", async () => {
    const before = takeOut(sources, {
      class: "Organizations",
      name: "getSocials",
      types: ["OrganizationSocials"],
      operations: ["getOrganizationSocials"],
    });
    const { files, grown, left } = await scaffold(
      document,
      ["getOrganizationSocials"],
      before,
      without("getOrganizationSocials"),
    );
    expect(left).toEqual([]);
    expect(grown).toEqual([
      {
        operations: ["getOrganizationSocials"],
        methods: ["hub.organizations.getSocials"],
        file: "src/namespaces/organizations.ts",
      },
    ]);
    expect([...files.keys()].toSorted()).toEqual([
      "llms.txt",
      "src/namespaces/organizations.ts",
      "test/requests/rows/organizations.ts",
    ]);
    const text = files.get("src/namespaces/organizations.ts");
    expect(text).toContain(
      `\nexport interface OrganizationSocials extends Result<"get", "/api/organizations/{name}/socials"> {}\n`,
    );
    expect(between(text, "  /**\n   * Returns the names an", "\n  }\n")).toBe(`  /**
   * Returns the names an organization goes by on other networks.
   *
   * @see https://huggingface.co/spaces/huggingface/openapi#tag/orgs/GET/api/organizations/%7Bname%7D/socials
   * @example
   * const socials = await hub.organizations.getSocials({ org: "my-org" });
   */
  async getSocials({ org }: OrganizationInput, options?: RequestOptions): Promise<OrganizationSocials> {
    return this.transport.json.get("/api/organizations/{name}/socials", { path: { name: org }, ...options });
  }
`);
    expect(
      between(
        files.get("test/requests/rows/organizations.ts"),
        `  {\n    method: "organizations.getSocials"`,
        "\n  },",
      ),
    ).toBe(`  {
    method: "organizations.getSocials",
    operation: "getOrganizationSocials",
    call: (hub) => hub.organizations.getSocials({ org: "my-org" }),
    request: "GET /api/organizations/my-org/socials",
  },`);
    expect(files.get("llms.txt")).toMatch(/^- organizations: .*, getSocials$/m);
  });

  it("takes its query, its pages and a list case along: a list", async () => {
    const before = takeOut(sources, {
      class: "Users",
      name: "listLikes",
      types: ["UserLike", "ListLikesInput"],
      operations: ["listUserLikes"],
    });
    const { files, left } = await scaffold(document, ["listUserLikes"], before, without("listUserLikes"));
    expect(left).toEqual([]);
    expect(files.get("src/namespaces/users.ts")).toContain(`
export interface UserLike extends Item<Result<"get", "/api/users/{username}/likes">> {}
export interface ListUserLikesInput
  extends UserInput, Omit<Query<"get", "/api/users/{username}/likes">, keyof ListInput | "cursor">, ListInput {}
`);
    expect(between(files.get("src/namespaces/users.ts"), "  listLikes(", "\n  }\n"))
      .toBe(`  listLikes({ username, ...input }: ListUserLikesInput, options?: RequestOptions): Pages<UserLike> {
    return linkedPages(this.transport, "/api/users/{username}/likes", {
      path: { username },
      ...listCall(input, options, 1000),
    });
  }
`);
    expect(between(files.get("test/lists/list-cases.ts"), `    operation: "listUserLikes"`, "\n  }"))
      .toBe(`    operation: "listUserLikes",
    list: (hub) => hub.users.listLikes({ username: "julien-c", pageSize: 2 }),
    asks: "/api/users/julien-c/likes?limit=2",
  }`);
  });

  it("is written once for all kinds of repositories", async () => {
    const ids = ["getModelSecurityScan", "getDatasetSecurityScan", "getSpaceSecurityScan"];
    const before = takeOut(sources, {
      class: "RepoNamespace",
      name: "getSecurityScan",
      types: ["SecurityScan"],
      operations: ["getRepoSecurityScan"],
    });
    const { files, grown, left } = await scaffold(document, ids, before, without(...ids));
    expect(left).toEqual([]);
    expect(grown.map(({ methods }) => methods)).toEqual([
      ["hub.models.getSecurityScan", "hub.datasets.getSecurityScan", "hub.spaces.getSecurityScan"],
    ]);
    expect(between(files.get("src/repos/repo-namespace.ts"), "  async getSecurityScan(", "\n  }\n"))
      .toBe(`  async getSecurityScan({ repo }: RepoInput, options?: RequestOptions): Promise<SecurityScan> {
    return this.transport.json.get(\`/api/\${this.kind}/{namespace}/{repo}/scan\`, {
      path: splitReadId(this.kind, repo),
      ...options,
    });
  }
`);
    expect(
      between(
        files.get("test/requests/rows/repo-namespace.ts"),
        "    {\n      method: `${kind}.getSecurityScan`",
        "\n    },",
      ),
    ).toBe(`    {
      method: \`\${kind}.getSecurityScan\`,
      operation: id("getRepoSecurityScan"),
      call: (hub) => hub[kind].getSecurityScan({ repo: "ns/repo" }),
      request: \`GET /api/\${kind}/ns/repo/scan\`,
    },`);
  });

  it("is left alone from then on", async () => {
    const again = await scaffold(document, ["getOrganizationSocials", "listUserLikes"], sources, calls);
    expect(again).toEqual({ files: new Map(), grown: [], left: [] });
  });
});

describe("an operation that has no place", () => {
  it.each([
    [
      "whose path is near no other",
      "/api/nowhere/at-all",
      "get",
      {},
      /No namespace has operations near `GET \/api\/nowhere\/at-all`/,
    ],
    [
      "whose response is no JSON",
      "/api/organizations/{name}/picture",
      "get",
      { parameters: [org], responses: { 200: { content: { "image/png": {} } } } },
      /responds with `image\/png`; write its method by hand/,
    ],
    [
      "whose name is taken",
      "/api/organizations/{name}/profile",
      "get",
      { operationId: "getOrganizationOverview2", parameters: [org] },
      undefined,
    ],
    [
      "that takes a name twice",
      "/api/organizations/{name}/{path}/{role}",
      "patch",
      {
        parameters: [org, { in: "path", name: "role", required: true, schema: { type: "string" } }],
        requestBody: {
          content: { "application/json": { schema: { type: "object", properties: { role: { type: "string" } } } } },
        },
      },
      /takes `role` in its path and elsewhere/,
    ],
  ])("%s is told, and nothing is written", async (_, path, verb, operation, reason) => {
    const id = reason === undefined ? "getOverview" : "getNewThing";
    const { files, grown, left } = await scaffold(
      withOperation(path, verb, { ...operation, operationId: id }),
      [id],
      sources,
      calls,
    );
    expect(left.map(({ operation: one }) => one)).toEqual([id]);
    expect(left[0]?.reason).toMatch(reason ?? /hub\.organizations\.getOverview is taken/);
    expect(grown).toEqual([]);
    expect([...files]).toEqual([]);
  });

  it("does not keep another one from being written", async () => {
    const path = "/api/organizations/{name}/mottos";
    const both = withOperation(path, "get", {
      operationId: "getOrganizationMottos",
      summary: "Returns mottos.",
      parameters: [org],
    });
    const more = {
      ...both,
      paths: { ...both.paths, "/api/nowhere": { get: { operationId: "getNowhere", responses: {} } } },
    };
    const { grown, left } = await scaffold(more, ["getNowhere", "getOrganizationMottos"], sources, calls);
    expect(grown.map(({ methods }) => methods)).toEqual([["hub.organizations.getMottos"]]);
    expect(left.map(({ operation }) => operation)).toEqual(["getNowhere"]);
  });
});

describe("words of a document", () => {
  const hostile = [
    "*/ globalThis.hit = 1; /*",
    "`${globalThis.hit = 1}`",
    '"; globalThis.hit = 1; "',
    "\n@example\n globalThis.hit = 1;",
    "\u2028globalThis.hit = 1",
  ];

  it.each(hostile.map((text, index) => [JSON.stringify(text), text, index] as const))(
    "stay words: %s",
    async (_, text) => {
      const path = `/api/organizations/{name}/${text}`;
      const family = withOperation(path, "post", {
        operationId: "postOrganizationThing",
        summary: text,
        parameters: [org, { in: "query", name: text, required: true, schema: { type: "string", const: text } }],
        responses: {
          200: { content: { "application/json": { schema: { type: "object", properties: { [text]: {} } } } } },
        },
      });
      const operation = (kind: string): Document["paths"][string] => ({
        get: {
          operationId: `get${kind}Thing`,
          summary: text,
          tags: [text],
          parameters: ["namespace", "repo"].map((name) => ({
            in: "path",
            name,
            required: true,
            schema: { type: "string" },
          })),
          responses: {},
        },
      });
      for (const [kind, noun] of [
        ["models", "Model"],
        ["datasets", "Dataset"],
        ["spaces", "Space"],
      ] as const) {
        family.paths[`/api/${kind}/{namespace}/{repo}/${text}`] = operation(noun);
      }
      const ids = ["postOrganizationThing", "getModelThing", "getDatasetThing", "getSpaceThing"];
      const { files, left, grown } = await scaffold(family, ids, sources, calls);
      expect(left).toEqual([]);
      expect(grown).toHaveLength(2);
      for (const [file, code] of files) {
        if (!file.endsWith(".ts")) continue;
        // Code that reaches the sources would name what it does outside of strings, templates and comments.
        expect({ file, names: identifiersOf(code).filter((name) => name === "hit") }).toEqual({ file, names: [] });
        const examples = (it = ""): number => it.match(/^ +\* @example/gm)?.length ?? 0;
        expect(examples(code) - examples(sources.get(file))).toBeLessThanOrEqual(1);
      }
    },
  );
});

function identifiersOf(code: string): string[] {
  const scanned: string[] = [];
  const visit = (node: ts.Node): void => {
    if (ts.isIdentifier(node)) scanned.push(node.text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile("a.ts", code, ts.ScriptTarget.Latest, true));
  return scanned;
}
