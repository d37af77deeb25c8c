import { fileURLToPath } from "node:url";
import { buildSite } from "../lib/build-site.js";

export const siteFolder: string = fileURLToPath(new URL("../dist/", import.meta.url));

/** Once for all test files, which look at what `pnpm run docs` would have made. */
export async function setup(): Promise<void> {
  await buildSite(siteFolder);
}
