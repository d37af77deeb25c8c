import { labels } from "../contenders/contender.js";

/** What `results.json` holds: the machine, and the figures of each benchmark by their names. */
export type Results = Readonly<Record<string, object>>;

interface Panel {
  title: string;
  better: "less" | "more";
  bars: Bar[];
}

interface Bar {
  label: string;
  value: number;
  /** What stands behind the bar. */
  text: string;
}

/** Draws what sets the client apart from its peers, as an SVG that follows the reader's light or dark. */
export function drawChart(results: Results): string {
  const drawn = panelsOf(results).reduce<{ y: number; parts: string[] }>(
    ({ y, parts }, panel) => ({ y: y + heightOf(panel), parts: [...parts, drawPanel(panel, y)] }),
    { y: margin + 28, parts: [] },
  );
  const height = drawn.y + 18;
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" aria-labelledby="chart-title">
<title id="chart-title">${escape(`${labels.hub} beside ${labels["huggingface-hub"]} and fetch`)}</title>
<style>${style}</style>
<rect class="paper" x="0.5" y="0.5" width="${width - 1}" height="${height - 1}" rx="8"/>
${text(margin, margin + 12, "heading", `${labels.hub} beside ${labels["huggingface-hub"]} and fetch`)}
${drawn.parts.join("\n")}
${text(margin, height - margin + 6, "hint", captionOf(results))}
</svg>
`;
}

function panelsOf(results: Results): Panel[] {
  const own = labels.hub;
  const other = labels["huggingface-hub"];
  const figure = (benchmark: string, name: string): number => figureOf(results, benchmark, name);
  const times = (label: string, value: number): Bar => ({ label, value, text: `${value.toFixed(2)} ×` });
  const size = figure("size", `list models, Vite: ${other}`);
  const kibibytes = (label: string, value: number): Bar => ({
    label,
    value,
    text: `${value.toFixed(1)} KiB, ${(value / size).toFixed(2)} ×`,
  });
  const refused = (name: string, label: string = name): Bar => {
    const value = figure("fan-out", `${name}: refused`);
    const answered = figure("fan-out", `${name}: successes`);
    return { label, value, text: `${count(value)} refused, ${count(answered)} answered` };
  };
  return [
    {
      title: "Walking a list at 20 ms latency, in pages of their own choice: speed",
      better: "more",
      bars: [times(own, figure("pages", `20 ms latency: faster than ${other}`)), times(other, 1)],
    },
    {
      title: "Walking a list at 20 ms latency, with 10 ms of work a page: speed",
      better: "more",
      bars: [
        times(own, figure("pages", "20 ms latency, 10 ms of work a page: faster than a loop")),
        times("a loop of fetch", 1),
      ],
    },
    {
      title: "1,000 lookups at once, 300 allowed in 4 s: requests that the Hub refuses",
      better: "less",
      bars: [refused(own), refused("Promise.all that waits on 429", "fetch that waits on 429"), refused(other)],
    },
    {
      title: "Uploading a file of 2 GiB: growth of memory",
      better: "less",
      bars: [own, other].map((label) => {
        const value = figure("files", `memory for upload of 2 GiB from disk: ${label}`);
        return { label, value, text: `${count(Math.round(value))} MiB` };
      }),
    },
    {
      title: "A page that lists models, built by Vite, gzip: size",
      better: "less",
      bars: [kibibytes(own, figure("size", `list models, Vite: ${own}`)), kibibytes(other, size)],
    },
    {
      title: "Importing it on Node: CPU",
      better: "less",
      bars: [times(own, figure("import", `CPU of importing ${own} ÷ ${other}`)), times(other, 1)],
    },
    {
      title: "One call: CPU",
      better: "less",
      bars: [
        ...[own, other].map((label) => times(label, figure("call", `CPU, one by one: ${label}`))),
        times(labels.fetch, 1),
      ],
    },
  ];
}

/** @throws {Error} for a figure that was not measured, or is called otherwise by now. */
function figureOf(results: Results, benchmark: string, name: string): number {
  const value = propertyOf(propertyOf(results[benchmark], name), "value");
  if (typeof value === "number") return value;
  throw new Error(`chart: the results of ${benchmark} have no figure "${name}"; run all of \`pnpm bench\``);
}

function propertyOf(value: unknown, name: string): unknown {
  return typeof value === "object" && value !== null ? (Reflect.get(value, name) as unknown) : undefined;
}

function captionOf({ machine }: Results): string {
  const [node, processor, cores] = ["node", "processor", "cores"].map((name) => String(propertyOf(machine, name)));
  return `npx -y pnpm@12 bench · ratios (×) of one run, Node ${node}, ${processor}, ${cores} cores`;
}

const count = (value: number): string => value.toLocaleString("en");

const width = 760;
const margin = 20;
const barLeft = 200;
const longestBar = 320;
const rowHeight = 20;

const heightOf = ({ bars }: Panel): number => 24 + bars.length * rowHeight + 14;

function drawPanel({ title, better, bars }: Panel, y: number): string {
  const longest = Math.max(...bars.map(({ value }) => value));
  const rows = bars.map(({ label, value, text: words }, index) => {
    const top = y + 24 + index * rowHeight;
    // A bar of nothing still shows where it begins.
    const length = Math.max((value / longest) * longestBar, 2);
    const isOwn = label === labels.hub;
    return [
      text(barLeft - 10, top + 12, isOwn ? "own label" : "label", label),
      `<rect class="${isOwn ? "own-bar" : "bar"}" x="${barLeft}" y="${top + 2}" width="${length.toFixed(1)}" height="13" rx="2"/>`,
      text(barLeft + length + 8, top + 12, isOwn ? "own" : "value", words),
    ].join("\n");
  });
  const hint = `<tspan class="hint" dx="8">${better} is better</tspan>`;
  return `<text x="${margin}" y="${y + 14}" class="title">${escape(title)}${hint}</text>\n${rows.join("\n")}`;
}

const text = (x: number, y: number, kind: string, words: string): string =>
  `<text x="${x.toFixed(0)}" y="${y}" class="${kind}">${escape(words)}</text>`;

const escape = (words: string): string =>
  words.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");

/** A paper of its own keeps the words readable where the page is dark and the system is not, or the other way round. */
const style = `
text { font: 12px system-ui, -apple-system, "Segoe UI", "Noto Sans", Arial, sans-serif; fill: #424a53 }
.heading { font-size: 15px; font-weight: 600; fill: #1f2328 }
.title { font-weight: 600; fill: #1f2328 }
.hint { font-weight: 400; font-size: 11px; fill: #59636e }
.label { text-anchor: end }
.own { font-weight: 600; fill: #0550ae }
.paper { fill: #ffffff; stroke: #d1d9e0 }
.bar { fill: #afb8c1 }
.own-bar { fill: #0969da }
@media (prefers-color-scheme: dark) {
text { fill: #c2cad3 }
.heading, .title { fill: #f0f6fc }
.hint { fill: #9198a1 }
.own { fill: #79c0ff }
.paper { fill: #0d1117; stroke: #3d444d }
.bar { fill: #59636e }
.own-bar { fill: #388bfd }
}`;
