import { html } from "./html.js";
import type { PageContent } from "./page.js";

// What a sample sends may go to the Hub and to where the Hub keeps files; the browser refuses everything else.
const policy =
  "script-src 'self' 'unsafe-eval'; worker-src blob:; connect-src 'self' https://huggingface.co https://*.huggingface.co https://*.hf.co";

export function playgroundPage(): PageContent {
  return {
    name: "playground",
    title: "Playground – @hf-api/hub",
    scripts: ["playground.js"],
    policy,
    main: html`<h1>Playground</h1>
      <div class="toolbar">
        <select id="sample" aria-label="Sample"></select>
        <button type="button" id="run" class="primary" title="Ctrl + Enter">Run</button>
        <button type="button" id="stop" disabled>Stop</button>
        <button type="button" id="reset" title="Forgets what was changed in the Hub inside the page">
          Reset the Hub
        </button>
      </div>
      <fieldset class="target">
        <legend>Against</legend>
        <label
          ><input type="radio" name="target" value="embedded" checked autocomplete="off" /> the Hub inside this
          page</label
        >
        <label><input type="radio" name="target" value="live" autocomplete="off" /> huggingface.co</label>
        <span id="live" hidden>
          <input
            id="token"
            type="password"
            placeholder="hf_… (optional)"
            aria-label="Token"
            autocomplete="off"
            spellcheck="false"
          />
          <label><input id="changes" type="checkbox" autocomplete="off" /> allow calls that change something</label>
        </span>
      </fieldset>
      <p class="quiet" id="explanation"></p>
      <p class="quiet" id="keys">Ctrl+Enter runs, Esc then Tab leaves the editor.</p>
      <div class="panes">
        <div class="editor">
          <pre aria-hidden="true"><code id="painted"></code></pre>
          <textarea
            id="code"
            aria-label="Code"
            aria-describedby="keys"
            spellcheck="false"
            autocomplete="off"
            autocapitalize="off"
            wrap="off"
          ></textarea>
        </div>
        <div class="outcome">
          <pre id="output" aria-live="polite" aria-label="Output"></pre>
          <ol id="requests" aria-label="Requests"></ol>
        </div>
      </div>`,
  };
}
