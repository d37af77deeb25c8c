import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";

// The pipeline's own copy, with the options that the pipeline gives it; runs in the root of the repository.
const { resolve } = createRequire(pathToFileURL("scripts/package.json"));
const { default: openapiTS, astToString } = (await import(
  pathToFileURL(resolve("openapi-typescript").replace(/\.cjs$/, ".mjs")).href
)) as { default: (document: object, options: object) => Promise<never>; astToString: (ast: never) => string };

const document = JSON.parse(await readFile("packages/raw/src/generated/openapi.json", "utf8")) as object;
const ast = await openapiTS(document, {
  alphabetize: true,
  defaultNonNullable: false,
  emptyObjectsUnknown: true,
  silent: true,
});
await writeFile("bench/dist/schema.txt", astToString(ast));
