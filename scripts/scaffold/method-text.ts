import { playgroundLink } from "../emit/playground.js";
import { isObject, type Json } from "../document/document.js";
import { braces, docComment, expression, inComment, literal, templatePart } from "./code-text.js";
import type { Facts } from "./facts.js";
import { splitInput, type MethodTypes } from "./types.js";
import type { PathInputs } from "./path-inputs.js";
import { isName, wordsOf } from "./words.js";

export interface MethodText {
  name: string;
  /** Whether the kind of repositories stands in the path as `this.kind`. */
  isFamily: boolean;
  /** The namespace that the example calls. */
  namespace: string;
  /** What the example gives. */
  example: Record<string, unknown>;
}

/** The method with its comment, before the formatter has seen it. */
export function methodText(facts: Facts, inputs: PathInputs, types: MethodTypes, how: MethodText): string {
  return `${commentOf(facts, types, how)}\n${signatureOf(facts, inputs, types, how)}\n`;
}

function signatureOf(facts: Facts, inputs: PathInputs, types: MethodTypes, { name, isFamily }: MethodText): string {
  const { pattern, parts } = splitInput(facts, inputs);
  const input = types.input === undefined ? [] : [`${pattern}: ${types.input}${types.isOptional ? " = {}" : ""}`];
  const parameters = [...input, "options?: RequestOptions"].join(", ");
  const route = isFamily
    ? `\`${templatePart(facts.path).replace(/^\/api\/\w+\//, () => "/api/${this.kind}/")}\``
    : literal(facts.path);
  if (facts.isPaged) {
    const limit = facts.query.find((taken) => taken.name === "limit");
    const bounds = isObject(limit?.schema) ? limit.schema : {};
    const least = Number(bounds["minimum"] ?? 1);
    const sizes = [pageSize(bounds["maximum"]), ...(least > 1 ? [least] : [])].join(", ");
    const sized = `listCall(input, options, ${sizes})`;
    const call =
      limit === undefined
        ? braces([...parts, "...options"])
        : parts.length === 0
          ? sized
          : braces([...parts, `...${sized}`]);
    const item = types.result.replace(/\[\]$/, "");
    return `  ${name}(${parameters}): Pages<${item}> {\n    return linkedPages(this.transport, ${route}, ${call});\n  }`;
  }
  const reading = { nothing: "empty", text: "text", unknown: "json", json: "json", list: "json" }[facts.response.kind];
  const call = braces([...parts, "...options"]);
  return `  async ${name}(${parameters}): Promise<${types.result}> {\n    return this.transport.${reading}.${facts.method}(${route}, ${call});\n  }`;
}

/** The most items of a page. What stands for no limit at all is none to go by. */
function pageSize(maximum: Json | undefined): string {
  const most = typeof maximum === "number" && maximum < 1_000_000 ? maximum : 1000;
  return String(most).replace(/(\d)(?=(\d{3})+$)/g, most < 10_000 ? "$1" : "$1_");
}

function commentOf(facts: Facts, types: MethodTypes, how: MethodText): string {
  const link = inLink(playgroundLink(facts.tag, facts.method, facts.path));
  const summary = how.isFamily ? facts.summary.replace(/\b(a|the) model\b/g, "$1 repository") : facts.summary;
  return docComment(inComment(summary), [
    ...(facts.isDeprecated ? ["@deprecated The Hub's document says so."] : []),
    facts.isAddition ? "@remarks Not in the Hub's OpenAPI document." : `@see ${link}`,
    "@example",
    exampleOf(facts, types.result, how),
  ]);
}

/** A link stays one word, and ends no comment. */
const inLink = (link: string): string => inComment(link).replaceAll(" ", "%20").replaceAll("*\\/", "%2A/");

/** One call, in one line; the formatter sees it apart from its comment. */
function exampleOf(facts: Facts, result: string, { namespace, name, example }: MethodText): string {
  const given = Object.keys(example).length === 0 ? "" : inExample(expression(example));
  const call = `await hub.${namespace}.${name}(${given})${facts.isPaged ? ".take(10)" : ""};`;
  return facts.response.kind === "nothing" ? call : `const ${variableFor(facts, result)} = ${call}`;
}

const inExample = (code: string): string => code.replaceAll("*/", "*\\/");

/** The last word of what comes back. */
function variableFor({ id, response }: Facts, result: string): string {
  const last = wordsOf(response.kind === "list" || /^[a-z]/.test(result) ? id : result).at(-1) ?? "";
  return isName(last) && last !== "hub" ? last : "result";
}
