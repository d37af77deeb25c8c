import { html, type Html } from "./html.js";
import type { WireOperation } from "./openapi.js";
import { route, wireDetails } from "./operation-view.js";
import { inline, prose } from "./prose.js";
import type { MethodReference } from "./reference.js";
import { sampleView } from "./sample-view.js";
import { foldedMembers } from "./type-view.js";

/** How a list continues on the wire; the client does it by itself. */
const pagings: Readonly<Record<string, string>> = {
  link: "the response's `Link` header names the next page",
  page: "pages have numbers",
  index: "pages begin at an index",
  skip: "each page skips the items before it",
  keyset: "the next page begins behind the last item",
};

/** All about one method, the sample first. */
export function methodView(method: MethodReference, operations: readonly WireOperation[]): Html {
  const { name, text, deprecated, signatures, input, result, throws, remarks } = method;
  const isRemarkable = remarks.length > 0;
  const paging = operations.flatMap(({ facts }) => facts.paging ?? [])[0];
  return html`<section class="method" id="${name}">
    <h2><a href="#${name}">${breakable(`hub.${name}`)}</a></h2>
    ${deprecated === undefined ? undefined : html`<p class="deprecated"><b>Deprecated.</b> ${inline(deprecated)}</p>`}
    ${prose(text)} ${sampleView(method.sample, `hub.${name}`)}
    <dl>
      <dt>Signature</dt>
      <dd>${signatures.map((signature) => html`<code class="signature">${signature}</code>`)}</dd>
      ${paging === undefined ? undefined : fact("Pages", inline(`Loop over all items, \`take(n)\` or scroll by \`page(cursor)\`; ${pagings[paging] ?? paging}.`))}
      ${throws.length === 0 ? undefined : fact("Throws", html`${throws.map((line) => html`<div>${errorText(line)}</div>`)}`)}
      ${operations.length === 0 ? undefined : fact("HTTP", html`${operations.map((operation) => html`<div>${route(operation)}</div>`)}`)}
      ${isRemarkable ? fact("Note", html`${remarks.map((line) => html`<div>${inline(line)}</div>`)}`) : undefined}
    </dl>
    ${input === undefined ? undefined : foldedMembers("Input", input.text, input.members)}
    ${foldedMembers("Result", result.text, result.members)} ${wireDetails(operations)}
  </section>`;
}

/** A long name breaks behind a dot before it breaks inside a word. */
function breakable(name: string): Html {
  return html`${name.split(".").map((part, index) => (index === 0 ? part : html`.<wbr />${part}`))}`;
}

function fact(name: string, text: Html): Html {
  return html`<dt>${name}</dt>
    <dd>${text}</dd>`;
}

/** `{HubResponseError} with code …`: the tag's type becomes code. */
function errorText(line: string): Html {
  return inline(line.replace(/^\{(\w+)\}/, "`$1`"));
}
