import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Document, Json } from "../document/document.js";
import type { PipelineError } from "../cli/pipeline-error.js";
import { applyOverlays, parseOverlay, type Overlay } from "./overlay.js";

const document = (): Document => ({
  openapi: "3.1.0",
  paths: {
    "/a": {
      get: {
        tags: ["x"],
        parameters: [
          { name: "p", in: "path" },
          { name: "q", in: "query" },
        ],
      },
    },
    "/b": { get: { tags: ["x"], responses: { "200": { content: { json: {} } } } } },
  },
});

const head = { overlay: "1.1.0", info: { title: "Test", version: "1.0.0" } };
const apply = (...actions: { [key: string]: Json }[]): Document =>
  applyOverlays(document(), [
    parseOverlay("test.yaml", { ...head, actions: actions.map((action) => ({ "x-reason": "We saw it.", ...action })) }),
  ]).document;

describe("an update of an object", () => {
  it("adds what is absent, at any depth, and keeps the rest", () => {
    const { paths } = apply({
      target: "$.paths['/b'].get",
      update: { responses: { "200": { content: { text: {} } }, "404": {} } },
    });
    expect(paths["/b"]).toEqual({
      get: { tags: ["x"], responses: { "200": { content: { json: {}, text: {} } }, "404": {} } },
    });
  });

  it("leaves the document it was given alone", () => {
    const given = document();
    applyOverlays(given, [
      parseOverlay("test.yaml", { ...head, actions: [{ target: "$", update: { "x-a": 1 }, "x-reason": "Why." }] }),
    ]);
    expect(given).toEqual(document());
  });

  it("refuses to replace a value that x-was does not state", () => {
    expect(() => apply({ target: "$.paths['/a'].get", update: { tags: ["y"] } })).toThrow(
      `test.yaml at $.paths['/a'].get: expected nothing at /tags, upstream now has ["x"]; its reason was: We saw it.`,
    );
  });

  it("replaces a value that x-was states, whatever the order of its keys", () => {
    const twice = apply(
      { target: "$", update: { info: { version: "1", title: "T" } } },
      { target: "$.paths['/a']", update: { get: { "x-info": { a: 1, b: 2 } } } },
      {
        target: "$.paths['/a']",
        update: { get: { "x-info": [3] } },
        "x-was": { get: { "x-info": { b: 2, a: 1 } } },
      },
    );
    expect(twice.paths["/a"]?.["get"]?.["x-info"]).toEqual([3]);
  });

  it("refuses when upstream has another value than x-was states", () => {
    expect(() => apply({ target: "$.paths['/a'].get", update: { tags: ["y"] }, "x-was": { tags: ["z"] } })).toThrow(
      `expected ["z"] at /tags, upstream now has ["x"]`,
    );
  });

  it("refuses when upstream no longer has what x-was states", () => {
    expect(() => apply({ target: "$.paths['/a'].get", update: { gone: 1 }, "x-was": { gone: 2 } })).toThrow(
      "expected 2 at /gone, upstream now has nothing",
    );
  });

  it("refuses an x-was for something that the update leaves alone", () => {
    expect(() => apply({ target: "$.paths['/a'].get", update: { a: 1 }, "x-was": { tags: ["x"] } })).toThrow(
      "x-was states /tags, which the update leaves alone",
    );
  });

  it("refuses to add what upstream has by now", () => {
    expect(() => apply({ target: "$.paths['/a'].get", update: { tags: ["x"], extra: true } })).toThrow(
      `upstream now has ["x"]`,
    );
  });

  it("refuses to change nothing", () => {
    expect(() => apply({ target: "$.paths['/b'].get", update: { responses: {} } })).toThrow(
      "upstream now has all of the update",
    );
  });

  it("gives every match a copy of its own", () => {
    const shared = { list: [] };
    const { paths } = apply(
      { target: "$.paths[*].get", "x-count": 2, update: { one: shared, two: shared } },
      { target: "$.paths['/a'].get.one.list", update: "only here" },
    );
    expect([paths["/a"]?.["get"]?.["one"], paths["/a"]?.["get"]?.["two"], paths["/b"]?.["get"]?.["one"]]).toEqual([
      { list: ["only here"] },
      { list: [] },
      { list: [] },
    ]);
  });

  it("refuses a target that is neither an object nor a list", () => {
    expect(() => apply({ target: "$.openapi", update: { a: 1 } })).toThrow("only an object or a list can be updated");
  });
});

describe("an update of a list", () => {
  const target = "$.paths['/a'].get.parameters";

  it("appends one entry or several", () => {
    const { paths } = apply(
      { target: "$.paths['/a'].get.tags", update: "y" },
      { target: "$.paths['/b'].get.tags", update: ["y", "z"] },
    );
    expect([paths["/a"]?.["get"]?.["tags"], paths["/b"]?.["get"]?.["tags"]]).toEqual([
      ["x", "y"],
      ["x", "y", "z"],
    ]);
  });

  it("refuses a parameter whose name and place are taken", () => {
    expect(() => apply({ target, update: { name: "q", in: "query", schema: {} } })).toThrow(
      "upstream now lists the query parameter q",
    );
  });

  it("takes a parameter of the same name in another place", () => {
    const { paths } = apply({ target, update: { name: "q", in: "header" } });
    expect(paths["/a"]?.["get"]?.["parameters"]).toContainEqual({ name: "q", in: "header" });
  });

  it("refuses a member that is there", () => {
    expect(() => apply({ target: "$.paths['/a'].get.tags", update: ["x"] })).toThrow('upstream now lists "x"');
  });

  it("compares the list with x-was", () => {
    expect(() => apply({ target: "$.paths['/a'].get.tags", update: ["y"], "x-was": ["z"] })).toThrow(
      `expected ["z"], upstream now has ["x"]`,
    );
  });
});

describe("a removal", () => {
  it("removes members of objects and of lists", () => {
    const { paths } = apply(
      { target: "$.paths['/b']", remove: true },
      { target: "$.paths['/a'].get.parameters[*]", "x-count": 2, remove: true },
    );
    expect(paths).toEqual({ "/a": { get: { tags: ["x"], parameters: [] } } });
  });

  it("refuses when upstream has another value than x-was states", () => {
    expect(() => apply({ target: "$.paths['/a'].get.tags", remove: true, "x-was": [] })).toThrow(
      `expected [], upstream now has ["x"]`,
    );
  });

  it("refuses to remove the document", () => {
    expect(() => apply({ target: "$", remove: true })).toThrow("the document itself cannot be removed");
  });
});

describe("a copy", () => {
  it("merges what it finds elsewhere in the document, sharing nothing with it", () => {
    const { paths } = apply(
      { target: "$.paths", update: { "/c": { get: { "x-new": true } } } },
      { target: "$.paths['/c'].get", copy: "$.paths['/a'].get" },
      { target: "$.paths['/c'].get.parameters[?@.name == 'p']", remove: true },
    );
    expect(paths["/c"]).toEqual({ get: { "x-new": true, tags: ["x"], parameters: [{ name: "q", in: "query" }] } });
    expect(paths["/a"]).toEqual(document().paths["/a"]);
  });

  it.each([
    ["nothing", "$.paths['/z']", 0],
    ["several nodes", "$.paths[*]", 2],
  ])("refuses to copy %s", (_, copy, found) => {
    expect(() => apply({ target: "$.paths['/a']", copy })).toThrow(
      `found ${found} nodes to copy at ${copy}, expected 1`,
    );
  });
});

describe("what no longer holds", () => {
  it("is told all at once, of every file, without what only follows from it", () => {
    const overlay = (file: string, ...actions: { [key: string]: Json }[]) =>
      parseOverlay(file, { ...head, actions: actions.map((action) => ({ "x-reason": "Why.", ...action })) });
    const given = document();
    const overlays = [
      overlay(
        "a.yaml",
        { target: "$.paths['/z']", remove: true },
        { target: "$.paths", update: { "/b": { get: { "x-hf-addition": {}, tags: ["ours"], "x-deep": { a: 1 } } } } },
        { target: "$.paths['/b'].get['x-deep']", update: { b: 2 } },
      ),
      overlay("b.yaml", { target: "$.paths['/a'].get", update: { tags: ["y"] } }),
    ];
    const found = (() => {
      try {
        applyOverlays(given, overlays);
      } catch (error) {
        return error as PipelineError;
      }
      return undefined;
    })();
    expect(found?.message).toBe("3 expectations of the overlay no longer hold:");
    expect(found?.reasons).toEqual([
      "a.yaml at $.paths['/z']: found 0 nodes, expected 1; its reason was: Why. Delete the action if upstream has repaired this; mend its target if it has moved.",
      "a.yaml at $.paths: upstream now describes GET /b; remove it from this action; its reason was: Why. Correct what upstream says in an action of its own.",
      `b.yaml at $.paths['/a'].get: expected nothing at /tags, upstream now has ["x"]; its reason was: Why. Delete that part of the action if upstream is right; else state what it has as x-was.`,
    ]);
    expect(given).toEqual(document());
  });

  it("is told once with its places where it stands in several", () => {
    const overlay = parseOverlay("a.yaml", {
      ...head,
      actions: [{ target: "$.paths[*].get", "x-count": 2, "x-reason": "Why.", update: { tags: ["y"] } }],
    });
    expect(() => applyOverlays(document(), [overlay])).toThrow(
      /^a\.yaml at .*expected nothing at \/tags, upstream now has \["x"\], in `GET \/a` and `GET \/b`; its reason/,
    );
  });

  it("names the members of a list that are not there", () => {
    const target = "$.paths['/a', '/y',\n'/b','/z'].get";
    expect(() => apply({ target, "x-count": 4, update: { a: 1 } })).toThrow(
      "found 2 nodes, expected 4; there is no '/y', '/z'",
    );
  });
});

it("refuses a target that matches less or more often than expected", () => {
  expect(() => apply({ target: "$.paths['/z']", remove: true })).toThrow("found 0 nodes, expected 1");
  expect(() => apply({ target: "$.paths[*]", remove: true })).toThrow("found 2 nodes, expected 1");
  expect(() => apply({ target: "$.paths[*]", remove: true, "x-count": 3 })).toThrow("found 2 nodes, expected 3");
});

describe("a number of places", () => {
  const every = (more: { [key: string]: Json }): Overlay =>
    parseOverlay("test.yaml", {
      ...head,
      actions: [
        { target: "$.paths[*][*].parameters[?@.in == 'query']", "x-reason": "Why.", update: { x: 1 }, ...more },
      ],
    });
  /** A document in which these operations have a query parameter each. */
  const having = (...paths: string[]): Document => ({
    openapi: "3.1.0",
    paths: Object.fromEntries(paths.map((path) => [path, { get: { parameters: [{ name: "q", in: "query" }] } }])),
  });
  const run = (more: { [key: string]: Json }, now: Document, before?: Document): string[] =>
    applyOverlays(now, [every(more)], before && ((): Document => before)).news;

  it("that is stated names the node that is new or gone, and says what to do", () => {
    expect(() => run({ "x-count": 2 }, having("/a", "/b", "/c"), having("/a", "/b"))).toThrow(
      "found 3 nodes, expected 2; new is `GET /c parameters.q`; its reason was: Why. Set x-count to 3, or x-at-least to 2, if the reason holds for all; else narrow the target.",
    );
    expect(() => run({ "x-count": 2 }, having("/a"), having("/a", "/b"))).toThrow(
      "found 1 nodes, expected 2; gone is `GET /b parameters.q`; its reason was: Why. Set x-count to 1 if upstream has repaired the rest; else mend the target.",
    );
  });

  it("that is stated names what it found where nothing is known of before", () => {
    expect(() => run({}, having("/a", "/b"))).toThrow(
      "found 2 nodes, expected 1; found `GET /a parameters.q` and `GET /b parameters.q`; its reason was",
    );
  });

  it("of at least so many lets more of them pass, and tells which are new", () => {
    expect(run({ "x-at-least": 1 }, having("/a", "/b", "/c"), having("/a"))).toEqual([
      "test.yaml at $.paths[*][*].parameters[?@.in == 'query'] holds in 2 place(s) more: `GET /b parameters.q` and `GET /c parameters.q`. Its reason: Why.",
    ]);
    expect(run({ "x-at-least": 1 }, having("/a", "/b"), having("/a", "/b"))).toEqual([]);
    expect(run({ "x-at-least": 1 }, having("/a", "/b"))).toEqual([]);
    expect(run({ "x-at-least": 1 }, having("/a"), having("/a", "/b"))).toEqual([]);
  });

  it("of at least so many refuses less, and names the node that is gone", () => {
    expect(() => run({ "x-at-least": 2 }, having("/a"), having("/a", "/b"))).toThrow(
      "found 1 nodes, expected at least 2; gone is `GET /b parameters.q`; its reason was: Why. Lower x-at-least to 1 if",
    );
  });
});

it("stays a sentence when the target is long", () => {
  const target = `$.paths[${Array.from({ length: 99 }, (_, index) => `\n'/${index}'`).join()}]`;
  expect(() => apply({ target, remove: true })).toThrow(
    /^test\.yaml at [^\n]{160}: found 0 nodes, expected 1; .*: We saw it\. Delete the action if .*\.$/,
  );
});

describe("an overlay file", () => {
  const good = { target: "$.paths", update: { a: 1 }, "x-reason": "Why." };
  const without = (key: keyof typeof good): Json => ({ ...good, [key]: undefined }) as unknown as Json;

  it.each<[string, Json, string]>([
    ["that is no mapping", [], "test.yaml is no overlay but []"],
    ["with an unknown key", { ...head, actions: [good], action: [] }, "no keys but overlay, info, actions"],
    ["of an unknown version", { ...head, overlay: "2.0.0", actions: [good] }, "an overlay version of 1.0 or 1.1"],
    ["without a title", { ...head, info: { version: "1" }, actions: [good] }, "an info with title and version"],
    ["without actions", { ...head, actions: [] }, "a list of actions"],
    [
      "that reaches for a prototype",
      parse(JSON.stringify({ ...head, actions: [good] }).replace('"a":1', '"__proto__":{}')) as Json,
      "no key that reaches an object's prototype",
    ],
    [
      "whose action has an unknown key",
      { ...head, actions: [{ ...good, "x-cuont": 2 }] },
      "Action 1 of test.yaml needs no unknown key",
    ],
    [
      "whose action has no target",
      { ...head, actions: [good, without("target")] },
      "Action 2 of test.yaml needs a target",
    ],
    [
      "whose target is no JSONPath",
      { ...head, actions: [{ ...good, target: "$.paths[" }] },
      "a target that is a JSONPath query",
    ],
    ["whose action has no reason", { ...head, actions: [{ ...good, "x-reason": " " }] }, "an x-reason"],
    ["whose action expects no match", { ...head, actions: [{ ...good, "x-count": 0 }] }, "an x-count of 1 or more"],
    ["whose action expects at least none", { ...head, actions: [{ ...good, "x-at-least": 0 }] }, "an x-at-least of 1"],
    [
      "whose action expects two numbers",
      { ...head, actions: [{ ...good, "x-at-least": 1, "x-count": 1 }] },
      "an x-count or an x-at-least, not both",
    ],
    ["whose guess has no words", { ...head, actions: [{ ...good, "x-guess": true }] }, "an x-guess in words"],
    [
      "whose action does nothing",
      { ...head, actions: [{ target: "$", "x-reason": "Why." }] },
      "exactly one of update, copy and remove",
    ],
    [
      "whose action does two things",
      { ...head, actions: [{ ...good, remove: true }] },
      "exactly one of update, copy and remove",
    ],
    [
      "whose copy is no JSONPath",
      { ...head, actions: [{ target: "$", copy: "a", "x-reason": "Why." }] },
      "a copy that is a JSONPath query",
    ],
    [
      "that removes by halves",
      { ...head, actions: [{ target: "$.a", remove: "yes", "x-reason": "Why." }] },
      "a remove that is true",
    ],
  ])("%s is refused", (_, source, message) => {
    expect(() => parseOverlay("test.yaml", source)).toThrow(message);
  });

  it("may hold extensions beside its actions", () => {
    expect(parseOverlay("test.yaml", { ...head, "x-shared": {}, actions: [good] }).actions).toHaveLength(1);
  });
});
