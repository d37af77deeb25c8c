import { html, type Html } from "./html.js";
import type { WireOperation } from "./openapi.js";

/** Verb and path, as people who know the HTTP API look for them. */
export function route({ facts: { method, path } }: WireOperation): Html {
  const verb = method.toUpperCase();
  return html`<code class="route"><b class="verb ${method}">${verb}</b> ${path}</code>`;
}

/** What goes over the wire, for those who want to know. */
export function wireDetails(operations: readonly WireOperation[]): Html | undefined {
  if (operations.length === 0) return undefined;
  return html`<details>
    <summary>On the wire</summary>
    ${operations.map(wireDetail)}
  </details>`;
}

function wireDetail(operation: WireOperation): Html {
  const { id, facts, parameters, statuses } = operation;
  const body = facts.response ?? "no body";
  return html`<div class="wire">
    <p>${route(operation)} <span class="quiet">${id}</span></p>
    <table>
      ${parameters.map(
        ({ name, in: place, required = false, schema = {} }) =>
          html`<tr>
            <th><code>${name}${required ? "" : "?"}</code></th>
            <td>${place}, <code>${schemaText(schema)}</code></td>
          </tr>`,
      )}
      ${
        facts.body === undefined
          ? undefined
          : html`<tr>
              <th>body</th>
              <td><code>${facts.body}</code></td>
            </tr>`
      }
      <tr>
        <th>body</th>
        <td><code>${body}</code> <span class="quiet">${statuses.join(", ")}</span></td>
      </tr>
    </table>
  </div>`;
}

function schemaText({ type, enum: values }: NonNullable<WireOperation["parameters"][number]["schema"]>): string {
  if (values === undefined) return [type ?? "any"].flat().join(" | ");
  const shown = values.slice(0, 8).map((value) => JSON.stringify(value));
  return [...shown, ...(values.length > shown.length ? ["…"] : [])].join(" | ");
}
