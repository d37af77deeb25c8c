import { listing, quote } from "../cli/quote.js";
import type { Grown, Scaffolded } from "./scaffold.js";

const code = (text: string): string => quote(text, 120);

/** What a person should look at before methods that nobody wrote are published: a line with a box for each. */
export function checklist(grown: readonly Grown[], left: Scaffolded["left"]): string {
  const methods = grown.map(({ methods: all, operations, file }) => {
    const name = listing(all.map(code));
    return [
      `${name}, in ${code(`packages/hub/${file}`)}:`,
      "",
      `- [ ] the names of ${name}, of its types and of ${listing(operations.map(code))}`,
      `- [ ] the words of the comment of ${name}: units, limits, what it throws`,
      `- [ ] the example of ${name}, and the object that it speaks of`,
      `- [ ] the severity and the words of the changeset for ${name}`,
      "",
    ].join("\n");
  });
  const rest = left.map(({ operation, reason }) => `- [ ] ${code(operation)} has no method yet. ${reason}\n`);
  return [...methods, ...(rest.length === 0 ? [] : [rest.join("")])].join("\n");
}
