import type { Call } from "../http/call.js";
import { escape, page } from "../http/page.js";
import { pageNotFound } from "../http/refusal.js";
import type { Router } from "../http/router.js";

/** A page for whoever opens the address in a browser. */
export function addLandingPage(router: Router): void {
  router.add("GET", "/", (call) => {
    if (!/\btext\/html\b/.test(call.request.header("accept") ?? "")) throw pageNotFound();
    return page("Mock Hub", landingPage(call), style);
  });
}

const style = `
table { border-collapse: collapse; width: 100%; }
th, td { text-align: left; vertical-align: top; padding: 0.4rem 1rem 0.4rem 0; border-bottom: 1px solid var(--line); }
th { font-weight: 500; color: var(--quiet); }`;

function landingPage(call: Call): string {
  const { origin } = call.url;
  const tokens = [...call.world.accounts.tokens].filter(([, { expiresAt }]) => expiresAt === undefined);
  const [writing] = tokens.find(([, { role }]) => role === "write") ?? [];
  const environment = `HF_ENDPOINT=${origin}${writing === undefined ? "" : `\nHF_TOKEN=${writing}`}`;
  return `<main>
<h1>Mock Hugging Face Hub</h1>
<p>This server behaves like the Hugging Face Hub, for tests and demos. It keeps everything in memory: what one request
changes, the next one shows, until the server stops. Nothing here reaches huggingface.co.</p>
<p class="quiet">${contents(call)}</p>
<h2>Endpoints</h2>
${table(
  ["origin", "serves"],
  [
    [code(origin), "the API and small files"],
    [code(call.request.cdnOrigin), "large files and uploads; requests are redirected to it"],
  ],
)}
<pre>${escape(environment)}</pre>
<h2>Tokens</h2>
${table(
  ["token", "user", "may"],
  tokens.map(([value, { user, role }]) => [
    code(value),
    escape(user.name),
    role === "write" ? "read and write" : "read",
  ]),
)}
<h2>Look around</h2>
<ul>
${looks.map((path) => `<li><a href="${escape(path)}"><code>${escape(path)}</code></a></li>`).join("\n")}
</ul>
<h2>Reference</h2>
<p><a href="https://huggingface.co/spaces/huggingface/openapi" rel="noreferrer">The Hub's API</a> lists the operations;
<a href="https://www.npmjs.com/package/@hf-api/mock-hub" rel="noreferrer">the README of @hf-api/mock-hub</a> says which of
them keep state, and how to make requests fail.</p>
</main>`;
}

const looks = [
  "/api/models?limit=5",
  "/api/datasets?search=squad",
  "/api/daily_papers?limit=3",
  "/api/spaces/hardware",
];

function contents({ world }: Call): string {
  const { repos, accounts, collections } = world;
  const counts: [number, string][] = [
    [repos.models.size, "models"],
    [repos.datasets.size, "datasets"],
    [repos.spaces.size, "Spaces"],
    [repos.kernels.size, "kernels"],
    [collections.length, "collections"],
    [accounts.users.length, "users"],
    [accounts.orgs.length, "organizations"],
  ];
  return `It holds ${counts.map(([count, name]) => `${count}\u00a0${name}`).join(", ")}.`;
}

function table(heads: readonly string[], rows: readonly string[][]): string {
  const row = (tag: "th" | "td", cells: readonly string[]): string =>
    `<tr>${cells.map((cell) => `<${tag}>${cell}</${tag}>`).join("")}</tr>`;
  return `<table>\n${[row("th", heads), ...rows.map((cells) => row("td", cells))].join("\n")}\n</table>`;
}

function code(text: string): string {
  return `<code>${escape(text)}</code>`;
}
