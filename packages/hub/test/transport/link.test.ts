import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { HubError, HubInputError } from "../../src/errors.js";
import { nextLink } from "../../src/lists/link.js";
import { pageAt, readLink } from "../../src/lists/next-page.js";
import type { Fetch } from "../../src/options.js";
import { hubAt } from "../servers/setup.js";

describe("the next link", () => {
  it.each([
    ['<https://h/x?cursor=a>; rel="next"', "https://h/x?cursor=a"],
    ["<https://h/x>; rel=next", "https://h/x"],
    ["<https://h/x>;rel=next", "https://h/x"],
    ['<https://h/p>; rel="prev", <https://h/n>; rel="next", <https://h/l>; rel="last"', "https://h/n"],
    ['<https://h/p>;rel="prev",<https://h/n>;rel="next"', "https://h/n"],
    ['<https://h/x>; rel="prev next"', "https://h/x"],
    ['<https://h/x>; REL="Next"', "https://h/x"],
    ['<https://h/x?a=1,2;b=3>; rel="next"', "https://h/x?a=1,2;b=3"],
    ['<https://h/x>; title="a, b; rel=prev"; rel="next"', "https://h/x"],
    ['<https://h/x>; title="say \\"<hi>\\", ok"; rel="next"', "https://h/x"],
    ['</api/models?cursor=a>; rel="next"', "/api/models?cursor=a"],
    ['<?cursor=a>; rel="next"', "?cursor=a"],
    ['  < https://h/x >  ;  rel = "next"  ', "https://h/x"],
    ['<https://h/1>; rel="next"; rel="prev"', "https://h/1"],
    ['<https://h/1>; rel="next", <https://h/2>; rel="next"', "https://h/1"],
    ["<https://h/x>; rel='next'", undefined],
    ['<https://h/x>; rel="nextish"', undefined],
    ['<https://h/x>; title="next"', undefined],
    ['<https://h/x>; rel="prev"; rel="next"', undefined],
    ["https://h/x; rel=next", undefined],
    ['<https://h/x; rel="next"', undefined],
    ["", undefined],
    [null, undefined],
  ])("of %s is %s", (header, target) => {
    expect(nextLink(header)).toBe(target);
  });

  it("is found in what any server may write, and in its own notation", () => {
    const target = fc.stringMatching(/^\/[a-z0-9?=&,;%/_-]{0,40}$/);
    const title = fc.string().filter((text) => /^[\x20-\x7e]*$/.test(text));
    const other = fc
      .record({ target, title })
      .map((link) => `<${link.target}>; rel="prev"; title="${escape(link.title)}"`);
    fc.assert(
      fc.property(
        fc.array(other, { maxLength: 3 }),
        target,
        title,
        fc.array(other, { maxLength: 3 }),
        (before, next, text, behind) => {
          const link = `<${next}>; title="${escape(text)}"; rel="next"`;
          expect(nextLink([...before, link, ...behind].join(", "))).toBe(next);
        },
      ),
    );
  });

  it("is looked for without end by no header", () => {
    const piece = fc.constantFrom(
      "<",
      ">",
      ";",
      ",",
      '"',
      "\\",
      "=",
      " ",
      "\t",
      "rel",
      "next",
      "a",
      "<>",
      '="',
      ';rel="next"',
    );
    const header = fc
      .array(piece, { maxLength: 12 })
      .chain((pieces) => fc.nat(3000).map((times) => pieces.join("").repeat(times)));
    fc.assert(
      fc.property(header, (text) => {
        const began = performance.now();
        const found = nextLink(text.slice(0, 16_384));
        expect(performance.now() - began).toBeLessThan(500);
        expect(found === undefined || typeof found === "string").toBe(true);
      }),
    );
  });
});

const endpoints = [
  "https://huggingface.co",
  "https://mirror.example",
  "https://mirror.example:8443/hf/v1",
  "http://127.0.0.1:3000",
];

describe("the next page's route", () => {
  it("never leaves the endpoint, whatever the link", () => {
    const host = fc.constantFrom(
      "huggingface.co",
      "mirror.example",
      "evil.example",
      "huggingface.co.evil.example",
      "mirror.example:8443",
    );
    const address = fc
      .tuple(
        fc.constantFrom("https://", "http://", "//", "\\\\", "/\\", "ftp://", "https:/", "https:"),
        fc.constantFrom("", "user@", "u:p@"),
        host,
        fc.oneof(fc.webPath(), fc.constantFrom("/api/models?a", "/hf/v1/api/models?a", "/api/%2e%2E/api/models/")),
      )
      .map((parts) => parts.join(""));
    const link = fc.oneof(
      address,
      fc.webUrl(),
      fc.string(),
      fc.webPath(),
      fc.string().map((text) => `/${text}`),
    );
    fc.assert(
      fc.property(link, fc.constantFrom(...endpoints), (text, endpoint) => {
        const place = { endpoint, route: "/api/models", own: "/api/models" };
        const { next } = readLink(text, `${endpoint}/api/models?limit=2`, place);
        try {
          const { path, search } = pageAt(next, place);
          const { href } = new URL(`${endpoint}${path}${search}`);
          expect(href.split("?")[0]).toBe(`${endpoint}/api/models`);
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
          expect(error).not.toBeInstanceOf(HubInputError);
        }
      }),
      { numRuns: 1000 },
    );
  });

  it("is the link's own below the endpoint", () => {
    const query = fc.webQueryParameters().filter((text) => text !== "");
    fc.assert(
      fc.property(query, fc.constantFrom(...endpoints), (text, endpoint) => {
        const page = `${endpoint}/api/models`;
        const place = { endpoint, route: "/api/models", own: "/api/models" };
        const { search } = new URL(`https://h/api/models?${text}`);
        for (const link of [`${page}?${text}`, `https://huggingface.co/api/models?${text}`, `?${text}`]) {
          const { next } = readLink(link, page, place);
          expect(next).toBe(`/api/models${search}`);
          expect(pageAt(next, place)).toEqual({ path: "/api/models", search });
        }
      }),
    );
  });
});

describe("a walk whose pages all have one Link header", () => {
  it("delivers its page, then ends or rejects, whatever the header", async () => {
    const syntax = ["<", ">", '"', ";", ",", "=", "\\", " ", "rel", "next", '; rel="next"', "/api/models", "?cursor=a"];
    const links = [
      "<>",
      "<?>",
      "<?cursor=a>",
      "<//h/api/models?b>",
      "</api/models/../x>",
      "<http://[>",
      "<%zz>",
      "\xff",
    ];
    const piece = fc.constantFrom(...syntax, ...links);
    const text = fc.string({ unit: fc.integer({ min: 32, max: 255 }).map((code) => String.fromCharCode(code)) });
    const header = fc.oneof(
      fc.array(fc.oneof({ weight: 4, arbitrary: piece }, text), { maxLength: 12 }).map((parts) => parts.join("")),
      text.map((target) => `<${target}>; rel="next"`),
    );
    await fc.assert(
      fc.asyncProperty(header, fc.constantFrom(...endpoints), async (link, endpoint) => {
        let requests = 0;
        const fetch: Fetch = async () => {
          requests += 1;
          return Response.json([requests], { headers: { link } });
        };
        const seen: unknown[] = [];
        try {
          for await (const item of hubAt(endpoint, { fetch, token: null }).models.list()) seen.push(item);
        } catch (error) {
          expect(error).toBeInstanceOf(HubError);
        }
        expect(seen[0]).toBe(1);
        expect(requests).toBeLessThanOrEqual(3);
      }),
      { numRuns: 500 },
    );
  });
});

const escape = (text: string): string => text.replace(/["\\]/g, "\\$&");
