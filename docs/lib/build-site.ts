import { copyFileSync, mkdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { readSamples, type Sample } from "../../packages/hub/samples/samples.js";
import { showingResults } from "../../packages/hub/samples/shown-results.js";
import type { PlaygroundSample } from "../site/messages.js";
import { bundleScripts } from "./bundle.js";
import { readNamesElsewhere } from "./names-elsewhere.js";
import { mergedDocument, readOperations, withSamples } from "./openapi.js";
import { page, type PageContent } from "./page.js";
import { clientPage, indexPage, namespacePage, operationsPage } from "./pages.js";
import { playgroundPage } from "./playground-page.js";
import { readReference } from "./read-reference.js";
import type { Reference } from "./reference.js";
import { isRunnable } from "./sample-view.js";
import { searchEntries } from "./search-entries.js";

/** Writes the whole site into a folder, which holds nothing else afterwards. */
export async function buildSite(folder: string): Promise<Reference> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  const scripts = bundleScripts(folder);
  const samples = readSamples();
  const reference = readReference(await formatted(samples));
  const operations = readOperations(mergedDocument);
  const byId = new Map(operations.map((operation) => [operation.id, operation]));
  const pages: PageContent[] = [
    indexPage(reference, operations),
    operationsPage(reference, operations),
    clientPage(reference),
    playgroundPage(),
    ...reference.namespaces.map((namespace) => namespacePage(namespace, byId)),
  ];
  const write = (file: string, text: string): void => writeFileSync(join(folder, file), text);
  for (const content of pages) write(`${content.name}.html`, page(content, reference.namespaces));
  const methods = reference.namespaces.flatMap((namespace) => namespace.methods);
  write("openapi.json", JSON.stringify(withSamples(mergedDocument, methods), undefined, 1));
  write("search.json", JSON.stringify(searchEntries(reference, byId, readNamesElsewhere())));
  write("samples.json", JSON.stringify(await playgroundSamples(samples)));
  copyFileSync(fileURLToPath(new URL("../site/site.css", import.meta.url)), join(folder, "site.css"));
  await scripts;
  return reference;
}

/** Those that need nothing but a Hub, with what they found printed. */
async function playgroundSamples(samples: readonly Sample[]): Promise<PlaygroundSample[]> {
  const runnable = samples.filter(({ code }) => isRunnable(code));
  const printing = await formatted(runnable.map(({ name, code }) => ({ name, code: showingResults(code) })));
  return Array.from(printing, ([name, code]) => ({ name: name.includes(".") ? `hub.${name}` : name, code }));
}

/** Narrower than in the doc comments, so that the samples fit beside an output and on small screens. */
async function formatted(samples: readonly Sample[]): Promise<Map<string, string>> {
  const entries = samples.map(async ({ name, code }) => {
    const text = await format(withBraces(code), { parser: "typescript", printWidth: 76 });
    return [name, text.trimEnd()] as const;
  });
  return new Map(await Promise.all(entries));
}

/** A loop of one line that has to be broken reads better with braces. */
function withBraces(code: string): string {
  return code.replaceAll(/^(for .*\)) (console\.log\(.*\);)$/gm, "$1 {\n$2\n}");
}
