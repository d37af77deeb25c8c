import { InvalidInputError, serializePath, serializeQuery } from "@hf-api/raw";
import { operations } from "@hf-api/raw/operations";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubInputError } from "../../src/errors.js";
import { splitRepoId } from "../../src/inputs/repo-id.js";

const hostile = fc.oneof(
  fc.string({ unit: "binary" }),
  fc.string({ unit: "grapheme" }),
  fc.constantFrom(
    "..",
    ".",
    "../x",
    "..\\x",
    "%2e%2e",
    ".%2e/x",
    "%2f",
    "a/b",
    "a?b",
    "a#b",
    "a\r\nb: c",
    "\0",
    "\ud800",
    "a;b",
    "a%",
    "@h",
    "//h",
    "\\\\h",
    "{namespace}",
    "$&",
    "$1",
  ),
);
const wellFormed = (text: string): string => text.replace(/[\ud800-\udfff]/gu, "\ufffd");
const outcome = (make: () => string): string | undefined => {
  try {
    return make();
  } catch (error) {
    expect(error).toBeInstanceOf(InvalidInputError);
    return undefined;
  }
};

/** What a server makes of an address: resolved as URLs are, then taken apart. */
const received = (path: string): { segments: string[]; url: URL } => {
  const url = new URL(`https://huggingface.co${path}`);
  return { url, segments: url.pathname.split("/").slice(1).map(decodeURIComponent) };
};

describe("a path parameter", () => {
  it("arrives as it was, in its own segment, or is refused", () => {
    fc.assert(
      fc.property(hostile, hostile, (namespace, rev) => {
        const path = outcome(() => serializePath("/api/models/{namespace}/x/revision/{rev}", { namespace, rev }));
        if (path === undefined) return;
        const { segments, url } = received(path);
        expect(segments).toEqual(["api", "models", wellFormed(namespace), "x", "revision", wellFormed(rev)]);
        expect(url.search + url.hash).toBe("");
        expect(url.host).toBe("huggingface.co");
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["", ".", ".."])("is refused when it is %j", (rev) => {
    expect(() => serializePath("/revision/{rev}", { rev })).toThrow(InvalidInputError);
  });

  it.each([undefined, null, {}, [], Number.NaN, Infinity, true])("is refused when it is %s", (rev) => {
    expect(() => serializePath("/revision/{rev}", { rev: rev as unknown as string })).toThrow(InvalidInputError);
    expect(() => serializePath("/revision/{rev}", {})).toThrow(/rev/);
  });

  it("of a reference stays one segment", () => {
    expect(serializePath("/revision/{rev}", { rev: "refs/pr/1" })).toBe("/revision/refs%2Fpr%2F1");
  });

  it("may be a word that a number would turn into", () => {
    expect(serializePath("/users/{name}/{n}", { name: "NaN", n: 7 })).toBe("/users/NaN/7");
  });

  it("is no property that every object has", () => {
    expect(() => serializePath("/x/{constructor}/{toString}", {})).toThrow(InvalidInputError);
  });
});

describe("a file's path", () => {
  it("keeps its slashes, and every segment arrives as it was", () => {
    fc.assert(
      fc.property(fc.array(hostile, { minLength: 1, maxLength: 5 }), (parts) => {
        const file = parts.join("/");
        const path = outcome(() => serializePath("/api/models/o/n/tree/main/{path}", { path: file }));
        const refused = file.split("/").some((segment) => ["", ".", ".."].includes(segment));
        expect(path === undefined).toBe(refused);
        if (path !== undefined) expect(received(path).segments.slice(6)).toEqual(wellFormed(file).split("/"));
      }),
      { numRuns: 1000 },
    );
  });

  it.each(["", "/", "/a", "a/", "a//b", "./a", "a/.", "a/../b", ".."])("is refused when it is %j", (path) => {
    expect(() => serializePath("/tree/{path}", { path })).toThrow(InvalidInputError);
  });
});

describe("a repository's id", () => {
  it("never leaves its place, whatever it is", () => {
    const part = fc.oneof(hostile, fc.stringMatching(/^[\w.-]{1,96}$/));
    fc.assert(
      fc.property(fc.array(part, { minLength: 1, maxLength: 3 }), (parts) => {
        const id = parts.join("/");
        let path: string;
        try {
          path = serializePath("/api/models/{namespace}/{repo}", splitRepoId(id));
        } catch (error) {
          expect(error).toBeInstanceOf(HubInputError);
          return;
        }
        expect(received(path).segments.slice(2).join("/")).toBe(id);
      }),
      { numRuns: 1000 },
    );
  });
});

describe("a query", () => {
  it("arrives as it was", () => {
    const scalar = fc.oneof(hostile, fc.boolean(), fc.double({ noNaN: true, noDefaultInfinity: true }), fc.integer());
    const value = fc.oneof(scalar, fc.array(scalar), fc.constant(undefined));
    fc.assert(
      fc.property(fc.dictionary(hostile, value, { noNullPrototype: true }), (values) => {
        const query = new URL(`https://huggingface.co/x?${serializeQuery(values)}`).searchParams;
        const expected = Object.entries(values).flatMap(([name, given]) =>
          (Array.isArray(given) ? given : given === undefined ? [] : [given]).map((one) => [
            wellFormed(name),
            wellFormed(String(one)),
          ]),
        );
        expect([...query]).toEqual(expected);
      }),
      { numRuns: 1000 },
    );
  });

  it("repeats the key of a list, writes dates in UTC, and leaves out what is undefined", () => {
    const query = serializeQuery({
      expand: ["a", "b"],
      full: true,
      limit: 5,
      since: new Date(0),
      none: undefined,
      empty: [],
    });
    expect(query).toBe("expand=a&expand=b&full=true&limit=5&since=1970-01-01T00%3A00%3A00.000Z");
  });

  it.each([null, {}, Number.NaN, -Infinity, new Date(Number.NaN), 1n, Symbol.iterator, () => 1, [null], [[]]])(
    "refuses %s",
    (value) => {
      expect(() => serializeQuery({ x: value as unknown as string })).toThrow(InvalidInputError);
    },
  );

  it.each([
    "\u{1f600}",
    "\0",
    "\r\n",
    "a&b=c",
    "a+b c",
    "%20",
    "#",
    "?",
    "/../",
    "é",
    "\ud800",
    "[]",
    "=",
    "'\"<>",
    "\u2028",
  ])("carries %j", (text) => {
    expect(new URLSearchParams(serializeQuery({ q: text })).get("q")).toBe(wellFormed(text));
  });
});

describe("every operation's address", () => {
  const facts = Object.entries(operations);

  it.each(facts)("%s leads back to the parameters it was made of", (_, { path: template, filePaths = [] }) => {
    const names = [...template.matchAll(/\{([^{}]+)\}/g)].map((match) => match[1] ?? "");
    const word = fc.string({ minLength: 1 }).filter((text) => text !== "." && text !== "..");
    const fileOf = fc
      .array(
        word.filter((text) => !text.includes("/")),
        { minLength: 1, maxLength: 3 },
      )
      .map((parts) => parts.join("/"));
    // An id ends its segment; only without its own separator can it be told from what stands before it.
    const id = fc.stringMatching(/^[0-9a-f]{24}$/);
    const values = fc.record(
      Object.fromEntries(names.map((name) => [name, filePaths.includes(name) ? fileOf : name === "id" ? id : word])),
    );
    const pattern = template
      .split(/(\{[^{}]+\})/)
      .map((piece) =>
        !piece.startsWith("{")
          ? piece.replace(/[.*+?^$()|[\]\\]/g, "\\$&")
          : filePaths.includes(piece.slice(1, -1))
            ? "(.+)"
            : "([^/?#]+)",
      )
      .join("");
    fc.assert(
      fc.property(values, (given) => {
        const { pathname } = new URL(`https://huggingface.co${serializePath(template, given)}`);
        const match = new RegExp(`^${pattern}$`).exec(pathname);
        expect(match?.slice(1).map(decodeURIComponent)).toEqual(names.map((name) => given[name]));
      }),
      { numRuns: 15 },
    );
  });
});
