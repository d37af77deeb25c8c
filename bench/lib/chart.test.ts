import { describe, expect, it } from "vitest";
import { drawChart } from "./chart.js";

const value = (of: number): object => ({ value: of });

const results = {
  machine: { node: "v20.0.0", processor: '<Fast & "odd">', cores: 2 },
  call: {
    "CPU, one by one: @hf-api/hub": value(1.125),
    "CPU, one by one: @huggingface/hub": value(1.05),
  },
  pages: {
    "20 ms latency: faster than @huggingface/hub": value(2),
    "20 ms latency, 10 ms of work a page: faster than a loop": value(1.4),
  },
  "fan-out": {
    "@hf-api/hub: refused": value(0),
    "@hf-api/hub: successes": value(1000),
    "Promise.all that waits on 429: refused": value(1200),
    "Promise.all that waits on 429: successes": value(1000),
    "@huggingface/hub: refused": value(700),
    "@huggingface/hub: successes": value(300),
  },
  files: {
    "memory for upload of 2 GiB from disk: @hf-api/hub": value(32.6),
    "memory for upload of 2 GiB from disk: @huggingface/hub": value(2071.2),
  },
  import: { "CPU of importing @hf-api/hub ÷ @huggingface/hub": value(0.43) },
  size: { "list models, Vite: @hf-api/hub": value(20), "list models, Vite: @huggingface/hub": value(50) },
};

const chart = drawChart(results);

interface Row {
  label: string;
  length: number;
  text: string;
  end: number;
}

const rows: Row[] = [
  ...chart.matchAll(
    /class="(?:own )?label">([^<]+)<\/text>\n<rect [^>]*width="([\d.]+)"[^>]*>\n<text x="(\d+)"[^>]*>([^<]+)</g,
  ),
].map(([, label = "", length, x, text = ""]) => ({
  label,
  length: Number(length),
  text,
  end: Number(x) + text.length * 7.2,
}));

const lengthOf = (label: string, text: string): number =>
  rows.find((row) => row.label === label && row.text === text)?.length ?? NaN;

describe("the chart", () => {
  it("labels each bar and writes its figure behind it", () => {
    expect(rows.map(({ label, text }) => `${label}: ${text}`)).toEqual([
      "@hf-api/hub: 2.00 ×",
      "@huggingface/hub: 1.00 ×",
      "@hf-api/hub: 1.40 ×",
      "a loop of fetch: 1.00 ×",
      "@hf-api/hub: 0 refused, 1,000 answered",
      "fetch that waits on 429: 1,200 refused, 1,000 answered",
      "@huggingface/hub: 700 refused, 300 answered",
      "@hf-api/hub: 33 MiB",
      "@huggingface/hub: 2,071 MiB",
      "@hf-api/hub: 20.0 KiB, 0.40 ×",
      "@huggingface/hub: 50.0 KiB, 1.00 ×",
      "@hf-api/hub: 0.43 ×",
      "@huggingface/hub: 1.00 ×",
      "@hf-api/hub: 1.13 ×",
      "@huggingface/hub: 1.05 ×",
      "fetch().json(): 1.00 ×",
    ]);
  });

  it("draws bars in the proportion of their figures, and one of nothing still visible", () => {
    const other = lengthOf("@huggingface/hub", "50.0 KiB, 1.00 ×");
    expect(lengthOf("@hf-api/hub", "20.0 KiB, 0.40 ×")).toBeCloseTo(other * 0.4, 1);
    expect(lengthOf("@hf-api/hub", "2.00 ×")).toBe(other);
    expect(lengthOf("@hf-api/hub", "0 refused, 1,000 answered")).toBe(2);
  });

  it("lets no words run over its edge", () => {
    const width = Number(/ width="(\d+)"/.exec(chart)?.[1]);
    expect(rows.filter(({ end }) => end > width)).toEqual([]);
  });

  it("names command and machine, with marks of XML made harmless", () => {
    expect(chart).toContain("npx -y pnpm@12 bench");
    expect(chart).toContain("Node v20.0.0, &lt;Fast &amp; &quot;odd&quot;>, 2 cores");
  });

  it("follows the reader's light or dark", () => {
    expect(chart).toContain("@media (prefers-color-scheme: dark)");
  });

  it("says which figure it lacks after a run of some benchmarks", () => {
    expect(() => drawChart({ ...results, import: {} })).toThrow('import have no figure "CPU of importing');
    expect(() => drawChart({ machine: {} })).toThrow("run all of");
  });
});
