import { html, type Html } from "./html.js";
import { methodView } from "./method-view.js";
import type { WireOperation } from "./openapi.js";
import { route } from "./operation-view.js";
import type { PageContent } from "./page.js";
import { firstSentence, inline, prose } from "./prose.js";
import { isRunnable, sampleView } from "./sample-view.js";
import type { MethodReference, NamespaceReference, Reference } from "./reference.js";
import { foldedMembers, memberTable } from "./type-view.js";

type ById = ReadonlyMap<string, WireOperation>;

export function namespacePage({ name, text, methods, types }: NamespaceReference, operations: ById): PageContent {
  const wire = (method: MethodReference): WireOperation[] =>
    method.operations.flatMap((id) => operations.get(id) ?? []);
  return {
    name,
    title: `hub.${name} – @hf-api/hub`,
    main: html`<h1>hub.${name}</h1>
      ${prose(text)} ${methodList(methods, "")} ${methods.map((method) => methodView(method, wire(method)))}
      ${types.length === 0 ? undefined : html`<h2 id="types">Types</h2>`}
      ${types.map((type) => foldedMembers("", type.text, type.members))}`,
  };
}

function methodList(methods: readonly MethodReference[], page: string): Html {
  return html`<table class="methods">
    ${methods.map(
      ({ name, text, deprecated }) =>
        html`<tr>
          <th><a href="${page}#${name}">${name}</a></th>
          <td>${deprecated === undefined ? undefined : html`<b>Deprecated.</b> `}${inline(firstSentence(text))}</td>
        </tr>`,
    )}
  </table>`;
}

const firstProgram = `import { Hub } from "@hf-api/hub";

const hub = new Hub({ token: process.env.HF_TOKEN });
for await (const model of hub.models.list({ author: "google", limit: 20 })) {
  console.log(model.id, model.downloads);
}`;

/** What people come for most. */
const popular = [
  "models.list",
  "models.get",
  "models.files.list",
  "models.files.download",
  "repos.create",
  "models.files.upload",
  "models.commit",
  "datasets.getParquetFiles",
  "spaces.getRuntime",
  "discussions.create",
  "jobs.run",
  "collections.list",
  "auth.whoami",
];

export function indexPage({ namespaces }: Reference, operations: readonly WireOperation[]): PageContent {
  const methods = namespaces.flatMap((namespace) => namespace.methods);
  const chosen = popular.map((name) => {
    const found = methods.find((method) => method.name === name);
    if (found === undefined) throw new Error(`the index names hub.${name}, which is not there`);
    return found;
  });
  return {
    name: "index",
    title: "@hf-api/hub – reference",
    main: html`<h1>The Hugging Face Hub in TypeScript</h1>
      <p>
        ${methods.length} methods for ${operations.length} operations of the Hub's HTTP API. The tests run every sample
        on these pages, and you can run them in the
        <a href="playground.html">playground</a>: against a Hub inside the page, or against the real one with your
        token.
      </p>
      ${sampleView(firstProgram, "Hub")}
      <h2>What people use most</h2>
      <table class="methods">
        ${chosen.map(
          ({ name, text }) =>
            html`<tr>
              <th><a href="${pageOf(name)}#${name}">hub.${name}</a></th>
              <td>${inline(firstSentence(text))}</td>
            </tr>`,
        )}
      </table>
      <h2>Namespaces</h2>
      <table class="methods">
        ${namespaces.map(
          ({ name, text }) =>
            html`<tr>
              <th><a href="${name}.html">hub.${name}</a></th>
              <td>${inline(firstSentence(text))}</td>
            </tr>`,
        )}
      </table>`,
  };
}

export function pageOf(method: string): string {
  return `${method.split(".")[0] ?? ""}.html`;
}

/** Every operation of the document: for those who know the path and look for the method. */
export function operationsPage({ namespaces }: Reference, operations: readonly WireOperation[]): PageContent {
  const callers = new Map<string, string[]>();
  for (const { name, operations: ids } of namespaces.flatMap(({ methods }) => methods)) {
    for (const id of ids) callers.set(id, [...(callers.get(id) ?? []), name]);
  }
  const tags = [...new Set(operations.map(({ facts }) => facts.tag))].toSorted();
  const byPath = operations.toSorted((a, b) => (a.facts.path < b.facts.path ? -1 : 1));
  return {
    name: "operations",
    title: "Operations – @hf-api/hub",
    main: html`<h1>Operations</h1>
      <p>
        What the Hub's HTTP API offers, and the method that calls it. The
        <a href="openapi.json" download>merged OpenAPI document</a> has the same with all schemas, our corrections
        included.
      </p>
      ${tags.map(
        (tag) =>
          html`<h2 id="${tag}">${tag}</h2>
            <table class="operations">
              ${byPath
                .filter(({ facts }) => facts.tag === tag)
                .map(
                  (operation) =>
                    html`<tr id="${operation.id}">
                      <td>${route(operation)}</td>
                      <td>
                        ${callers.get(operation.id)?.map(methodLink) ?? html`<span class="quiet">a step of another call</span>`}
                      </td>
                    </tr>`,
                )}
            </table>`,
      )}`,
  };
}

function methodLink(name: string): Html {
  return html`<div><a href="${pageOf(name)}#${name}">hub.${name}</a></div>`;
}

export function clientPage({ exports }: Reference): PageContent {
  return {
    name: "client",
    title: "Client – @hf-api/hub",
    main: html`<h1>Client</h1>
      <p>
        What <code>@hf-api/hub</code> exports beside the namespaces: the client and its options, lists, streams, files
        and errors.
      </p>
      ${byImportance(exports).map(
        ({ name, entry, signature, text, sample, members }) =>
          html`<section class="method" id="${name}">
            <h2><a href="#${name}">${name}</a></h2>
            <p class="quiet">From <code>${entry}</code></p>
            ${prose(text)}
            ${sample === undefined ? undefined : sampleView(sample, isRunnable(sample) ? name : undefined)}
            ${signature === undefined ? undefined : html`<p><code>${signature}</code></p>`}
            ${members.length === 0 ? undefined : memberTable(members)}
          </section>`,
      )}`,
  };
}

const foremost = ["Hub", "HubOptions", "RequestOptions", "Pages", "EventStream", "HubFile"];

function byImportance(exports: Reference["exports"]): Reference["exports"] {
  const place = ({ name }: { name: string }): number =>
    foremost.includes(name) ? foremost.indexOf(name) : foremost.length;
  return exports.toSorted((a, b) => place(a) - place(b));
}
