import { labels } from "../contenders/contender.js";
import { firstLoad, firstLoadByVite, oneFile } from "../lib/bundles.js";
import type { Benchmark, Figure } from "../lib/figure.js";

/** Small apps, each written once for every client. */
const apps = {
  "list models": "list",
  "list and download": "list-and-download",
  "upload a file": "upload",
  "who am I": "auth",
} as const;

export const size: Benchmark = {
  title: "What a page loads before its app runs: minified, gzip -9",

  async measure() {
    const figures: Figure[] = [...(await ownFigures())];
    for (const [title, app] of Object.entries(apps)) {
      for (const client of ["hub", "huggingface-hub"] as const) {
        const source = `${app}.${client}`;
        figures.push({
          name: `${title}, Vite: ${labels[client]}`,
          value: await firstLoadByVite(source),
          unit: "KiB",
          beside: `esbuild ${shown(await firstLoad(source))}, as one file ${shown(await oneFile(source))}`,
        });
      }
    }
    return figures;
  },
};

/** The sizes that must not grow: an app of the whole client, of its models, and of the token's owner. */
export const ownSizes: Benchmark = { title: size.title, measure: ownFigures };

async function ownFigures(): Promise<Figure[]> {
  return [
    { name: "first load, whole client", value: await firstLoad("whole.hub"), unit: "KiB" },
    { name: "first load, models", value: await firstLoad("list.hub"), unit: "KiB" },
    { name: "first load, auth", value: await firstLoad("auth.hub"), unit: "KiB" },
    { name: "one file, whole client", value: await oneFile("whole.hub"), unit: "KiB" },
    { name: "first load, @hf-api/raw", value: await firstLoad("raw"), unit: "KiB" },
  ];
}

const shown = (kibibytes: number): string => `${kibibytes.toFixed(1)} KiB`;
