import { readdirSync, statSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { buildSite } from "./lib/build-site.js";

const folder = new URL("dist/", import.meta.url);
await buildSite(fileURLToPath(folder));
const files = readdirSync(folder);
const bytes = files.reduce((sum, file) => sum + statSync(new URL(file, folder)).size, 0);
console.log(
  `docs/dist: ${files.length} files, ${(bytes / 1024 / 1024).toFixed(1)} MB. Serve it with any static file server.`,
);
