// Downloads a folder of a model, and uploads it to a model of yours; a bar shows how far it is.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Hub } from "@hf-api/hub";
import { downloadFolder, localFolder } from "@hf-api/hub/node";

const [source, target, path = ""] = process.argv.slice(2);
if (source === undefined || target === undefined) {
  throw new Error("Expected the id of a model, that of a model of yours, and perhaps a folder of the first one");
}
const hub = new Hub();

/** Draws over itself, on stderr: what the program prints stays clean. */
function bar(what: string, { loaded, total = loaded }: { loaded: number; total?: number | undefined }): void {
  const done = total === 0 ? 30 : Math.floor((30 * loaded) / total);
  process.stderr.write(`\r${what.padEnd(11)} [${"#".repeat(done).padEnd(30)}] ${loaded} of ${total} bytes`);
  if (loaded === total) process.stderr.write("\n");
}

const folder = await mkdtemp(join(tmpdir(), "download-"));
try {
  const { commit, written } = await downloadFolder(hub.models, { repo: source, path }, folder, {
    exclude: [".gitattributes"],
    onProgress: ({ state, ...progress }) => bar(state, progress),
  });
  console.log(`downloaded ${written.length} files of ${source} at ${commit.slice(0, 8)}`);

  const title = `Copy ${source} at ${commit}`;
  const { commitOid, unchanged } = await hub.models.files.upload(
    { repo: target, title, files: localFolder(folder) },
    { onProgress: ({ state, ...progress }) => bar(state, progress) },
  );
  console.log(`uploaded them to ${target} as ${commitOid.slice(0, 8)}; ${unchanged.length} were there already`);
} finally {
  await rm(folder, { recursive: true });
}
