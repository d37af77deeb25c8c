import type { Answer } from "./answer.js";

/** A page for people. Its policy lets it fetch nothing: all of it is in the response. */
export function page(title: string, body: string, style: string = "", status: number = 200): Answer {
  const policy = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'";
  return {
    status,
    headers: { "content-type": "text/html; charset=utf-8", "content-security-policy": policy },
    body: `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>${escape(title)}</title>
<link rel="icon" href="data:,">
<style>${commonStyle}${style}
</style>
</head>
<body>
${body}
</body>
</html>
`,
  };
}

const commonStyle = `
:root { color-scheme: light dark; --text: light-dark(#24262b, #dcdee3); --quiet: light-dark(#6a6e76, #969ba5);
  --page: light-dark(#fdfdfc, #16181c); --raised: light-dark(#f5f5f2, #1e2126); --line: light-dark(#e3e3de, #2f333a);
  --link: light-dark(#1d5fa8, #82b4ee); }
body { max-width: 46rem; margin: 3rem auto; padding: 0 1.25rem; background: var(--page); color: var(--text);
  font: 1rem/1.55 system-ui, sans-serif; }
h1 { font-size: 1.6rem; line-height: 1.2; margin: 0 0 0.5rem; }
h2 { font-size: 1.05rem; margin: 2rem 0 0.5rem; }
a { color: var(--link); }
code, pre { font: 0.875rem/1.5 ui-monospace, Menlo, Consolas, monospace; overflow-wrap: anywhere; }
pre { background: var(--raised); border: 1px solid var(--line); border-radius: 0.4rem; padding: 0.75rem 1rem;
  white-space: pre-wrap; }
.quiet { color: var(--quiet); }`;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;" };

export function escape(text: string): string {
  return text.replace(/[&<>"]/g, (character) => entities[character] ?? character);
}
