import { highlight } from "../site/highlight.js";
import { html, Html } from "./html.js";

/** A sample, with a way into the playground where that has it under a name. */
export function sampleView(code: string, name: string | undefined): Html {
  return html`<div class="sample">
    <pre><code>${new Html(highlight(code))}</code></pre>
    <div class="actions">
      <button type="button" class="copy">Copy</button>
      ${name === undefined ? undefined : html`<a href="playground.html#${name}">Run</a>`}
    </div>
  </div>`;
}

/** Whether a sample needs nothing but a Hub: no files of a computer, and no server of the reader's. */
export function isRunnable(code: string): boolean {
  return code.includes("hub.") && !/\b(local(File|Folder)|download(To|Folder))\(/.test(code);
}
