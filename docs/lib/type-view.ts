import { html, Html } from "./html.js";
import { inline } from "./prose.js";
import type { Member } from "./reference.js";

/** The members of a type, those that must be given first. */
export function memberTable(members: readonly Member[]): Html {
  const ordered = [
    ...members.filter(({ isOptional }) => !isOptional),
    ...members.filter(({ isOptional }) => isOptional),
  ];
  return html`<table>
    ${ordered.map(
      ({ name, type, isOptional, doc }) =>
        html`<tr>
          <th><code>${name}${isOptional ? "?" : ""}</code></th>
          <td><code>${type}</code>${doc === "" ? undefined : html`<br />${inline(doc)}`}</td>
        </tr>`,
    )}
  </table>`;
}

const mostOpen = 8;

export function foldedMembers(label: string, name: string, members: readonly Member[]): Html | undefined {
  if (members.length === 0) return undefined;
  // Few members are read at a glance.
  const open = members.length <= mostOpen && label === "Input" ? html` open` : undefined;
  return html`<details${open}>
    <summary>${label} <code>${name}</code></summary>
    ${memberTable(members)}
  </details>`;
}
