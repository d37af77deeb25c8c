import type { WireOperation } from "./openapi.js";
import { pageOf } from "./pages.js";
import { firstSentence } from "./prose.js";
import type { Reference } from "./reference.js";
import type { SearchEntry } from "../site/search-ranking.js";

/** What the search looks through: methods with the paths that they call, and what else is exported. */
export function searchEntries(reference: Reference, operations: ReadonlyMap<string, WireOperation>): SearchEntry[] {
  const methods = reference.namespaces.flatMap((namespace) => namespace.methods);
  return [
    ...methods.map(({ name, text, operations: ids }) => ({
      name: `hub.${name}`,
      text: plain(text),
      address: `${pageOf(name)}#${name}`,
      routes: ids.flatMap((id) => {
        const facts = operations.get(id)?.facts;
        return facts === undefined ? [] : [`${facts.method.toUpperCase()} ${facts.path}`];
      }),
    })),
    ...reference.exports.map(({ name, text }) => ({
      name,
      text: plain(text),
      address: `client.html#${name}`,
      routes: [],
    })),
  ];
}

const plain = (text: string): string => firstSentence(text).replaceAll("`", "");
