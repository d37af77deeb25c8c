import { html, type Html } from "./html.js";
import type { NamespaceReference } from "./reference.js";

export interface PageContent {
  title: string;
  /** The file, without its ending. */
  name: string;
  main: Html;
  /** Scripts beside the one that all pages have. */
  scripts?: readonly string[];
  /** What the page may load and where it may send requests, beyond its own files. */
  policy?: string;
}

const strict = "script-src 'self'; connect-src 'self'";

/** A whole page around its content. No page loads anything from elsewhere, and the browser sees to that as well. */
export function page(content: PageContent, namespaces: readonly NamespaceReference[]): string {
  const { title, name, main, scripts = [], policy = strict } = content;
  const current = (file: string): Html => (file === name ? html` aria-current="page"` : html``);
  const link = (file: string, label: string): Html => html`<a href="${file}.html" ${current(file)}>${label}</a>`;
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta
          http-equiv="Content-Security-Policy"
          content="default-src 'none'; style-src 'self'; img-src 'self' data:; base-uri 'none'; form-action 'none'; ${policy}"
        />
        <meta name="referrer" content="no-referrer" />
        <meta name="color-scheme" content="light dark" />
        <title>${title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="site.css" />
        <script type="module" src="site.js"></script>
        ${scripts.map((script) => html`<script type="module" src="${script}"></script>`)}
      </head>
      <body class="${name}">
        <a class="skip" href="#main">Skip to the content</a>
        <header>
          <a class="brand" href="index.html">@hf-api/hub</a>
          <div class="search" role="search">
            <input
              id="search"
              type="search"
              placeholder="Search methods and paths   /"
              aria-label="Search methods and paths"
              role="combobox"
              aria-autocomplete="list"
              aria-expanded="false"
              aria-controls="results"
              autocomplete="off"
              spellcheck="false"
            />
            <ol id="results" role="listbox" aria-label="Results" hidden></ol>
            <p id="count" role="status"></p>
          </div>
          <nav aria-label="Pages">
            <a class="to-namespaces" href="#namespaces">Namespaces</a>
            ${link("operations", "Operations")} ${link("client", "Client")} ${link("playground", "Playground")}
            <a href="openapi.json" download>openapi.json</a>
          </nav>
        </header>
        <nav class="namespaces" id="namespaces" aria-label="Namespaces">
          ${namespaces.map(
            (namespace) =>
              html`<a href="${namespace.name}.html" ${current(namespace.name)}
                >${namespace.name}<span>${namespace.methods.length}</span></a
              >`,
          )}
        </nav>
        <main id="main" tabindex="-1">${main}</main>
      </body>
    </html>`.text.replaceAll(/>\n +</g, ">\n<");
}
