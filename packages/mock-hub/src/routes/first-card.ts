import type { Kind } from "../state/repo.js";

export interface CardFacts {
  license?: string | undefined;
  sdk?: string | undefined;
}

/** The README.md that the Hub writes for a new repository, if it writes one: for Spaces, and where a license is given. */
export function firstCard(kind: Kind, name: string, { license, sdk }: CardFacts): string | undefined {
  const licenseLine = license === undefined ? [] : [`license: ${license}`];
  if (kind !== "spaces") return license === undefined ? undefined : cardOf(licenseLine);
  const app = sdk === "gradio" ? ["sdk_version: 5.49.1", "app_file: app.py"] : [];
  const look = [`title: ${titleOf(name)}`, "emoji: 🦉", "colorFrom: blue", "colorTo: green"];
  const reference = "Check out the configuration reference at https://huggingface.co/docs/hub/spaces-config-reference";
  return `${cardOf([...look, `sdk: ${sdk}`, ...app, "pinned: false", ...licenseLine])}\n${reference}\n`;
}

function cardOf(lines: readonly string[]): string {
  return `---\n${lines.join("\n")}\n---\n`;
}

/** `push-from-web` becomes `Push From Web`. */
function titleOf(name: string): string {
  const words = name.split(/[-_]+/).filter((word) => word !== "");
  return words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join(" ");
}
