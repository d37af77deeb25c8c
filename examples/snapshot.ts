// Brings a model into the cache that all clients of the Hub share; a bar shows how far it is.
import { Hub } from "@hf-api/hub";
import { snapshot, type TransferProgress } from "@hf-api/hub/node";

const [repo, ...include] = process.argv.slice(2);
if (repo === undefined) throw new Error("Expected the id of a model, and perhaps patterns of the files that you want");

/** Draws over itself, on stderr: what the program prints stays clean. */
function bar({ state, loaded, total, files, totalFiles }: TransferProgress): void {
  const done = total === 0 ? 30 : Math.floor((30 * loaded) / total);
  const bytes = `${(loaded / 1e6).toFixed(1)} of ${(total / 1e6).toFixed(1)} MB`;
  process.stderr.write(
    `\r[${"#".repeat(done).padEnd(30)}] ${bytes}, ${files} of ${totalFiles} files, ${state.padEnd(11)}`,
  );
  if (files === totalFiles) process.stderr.write("\n");
}

const filter = include.length === 0 ? {} : { include };
const { path, written } = await snapshot(new Hub().models, { repo }, { ...filter, onProgress: bar });
console.log(`${written.length} files were not there before; all are in ${path}`);
