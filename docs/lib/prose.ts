import { html, Html } from "./html.js";

/** The words of a doc comment: paragraphs, and `code` between backticks. */
export function prose(text: string): Html {
  return html`${text
    .split(/\n{2,}/)
    .filter((paragraph) => paragraph !== "")
    .map((paragraph) => html`<p>${inline(paragraph)}</p>`)}`;
}

export function inline(text: string): Html {
  return html`${text.split("`").map((part, index) => (index % 2 === 1 ? html`<code>${part}</code>` : part))}`;
}

/** For lists of methods: what it does, without the conditions. */
export function firstSentence(text: string): string {
  return /^.*?[.:](?= [A-Z`]|$)/s.exec(text)?.[0] ?? text;
}
