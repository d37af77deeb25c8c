import type { NamesElsewhere } from "./names-elsewhere.js";
import type { WireOperation } from "./openapi.js";
import { pageOf } from "./pages.js";
import { firstSentence } from "./prose.js";
import type { Reference } from "./reference.js";
import type { Alias, SearchEntry } from "../site/search-ranking.js";

/**
 * What the search looks through: methods with the paths that they call, what else is exported, the names that other
 * clients have for these, and, with the reason, what those clients have and this one has not.
 */
export function searchEntries(
  reference: Reference,
  operations: ReadonlyMap<string, WireOperation>,
  elsewhere: readonly NamesElsewhere[],
): SearchEntry[] {
  const methods = reference.namespaces.flatMap((namespace) => namespace.methods);
  const own: SearchEntry[] = [
    ...methods.map(({ name, text, deprecated, operations: ids }) => ({
      name: `hub.${name}`,
      text: deprecated === undefined ? plain(text) : `Deprecated. ${plain(text)}`,
      address: `${pageOf(name)}#${name}`,
      routes: ids.flatMap((id) => {
        const facts = operations.get(id)?.facts;
        return facts === undefined ? [] : [`${facts.method.toUpperCase()} ${facts.path}`];
      }),
      aliases: aliasesOf(`hub.${name}`, elsewhere),
    })),
    ...reference.exports.map(({ name, text }) => ({
      name,
      text: plain(text),
      address: `client.html#${name}`,
      routes: [],
      aliases: aliasesOf(name, elsewhere),
    })),
  ];
  const names = new Set(own.map(({ name }) => name));
  const unknown = elsewhere.flatMap(({ here }) => (here === undefined || names.has(here) ? [] : [here]));
  if (unknown.length > 0) throw new Error(`MIGRATING.md leads to what this site does not have: ${unknown.join(", ")}`);
  return [...own, ...elsewhere.filter(({ here }) => here === undefined).flatMap(withoutCounterpart)];
}

function aliasesOf(name: string, elsewhere: readonly NamesElsewhere[]): Alias[] {
  const rows = elsewhere.filter(({ here }) => here === name);
  return rows.flatMap(({ there, differences }) => there.map((other) => ({ name: other, note: differences })));
}

function withoutCounterpart({ there, differences }: NamesElsewhere): SearchEntry[] {
  return there.map((name) => ({ name, text: `Not here: ${differences}`, routes: [], aliases: [] }));
}

const plain = (text: string): string => firstSentence(text).replaceAll("`", "");
