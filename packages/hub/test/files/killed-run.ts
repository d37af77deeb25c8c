import fs from "node:fs";
import { syncBuiltinESMExports } from "node:module";
import { Hub } from "../../src/hub.js";
import { downloadFolder } from "../../src/node/downloads/download-folder.js";
import { downloadTo } from "../../src/node/downloads/download-to.js";
import { snapshot } from "../../src/node/cache/snapshot.js";

// A program of its own: the tests bundle and start it, and import nothing but its type.

/** A run that kills itself at a step. */
export interface KilledRun {
  kind: "file" | "folder" | "snapshot";
  endpoint: string;
  token: string;
  repo: string;
  path: string;
  folder: string;
  /** Before which step, counted from 1: one of the file system, or bytes that arrive. */
  step: number;
}

const steps = new Set(
  "open rename rm mkdir symlink copyFile unlink utimes truncate writeFile appendFile readdir readFile stat lstat realpath".split(
    " ",
  ),
);

/** Runs a download in this process, which may not survive it. */
async function killedRun({ kind, endpoint, token, repo, path, folder, step }: KilledRun): Promise<number> {
  let count = 0;
  const next = (): void => {
    count += 1;
    if (count === step) process.kill(process.pid, "SIGKILL");
  };
  const counted = (target: object, names: Iterable<string>): void => {
    for (const name of names) {
      const original: unknown = Reflect.get(target, name);
      if (typeof original !== "function") continue;
      Reflect.set(target, name, function (this: unknown, ...input: unknown[]): unknown {
        next();
        return Reflect.apply(original, this, input);
      });
    }
  };
  const probe = await fs.promises.open(process.execPath);
  counted(Object.getPrototypeOf(probe) as object, ["writev", "chmod", "truncate", "datasync", "close"]);
  await probe.close();
  counted(fs.promises, steps);
  syncBuiltinESMExports();

  count = 0;
  const hub = new Hub({ endpoint, token });
  const options = { onProgress: next };
  if (kind === "file") await downloadTo(hub.models, { repo, path }, `${folder}/${path}`, options);
  else if (kind === "folder") await downloadFolder(hub.models, { repo }, folder, options);
  else await snapshot(hub.models, { repo }, { cache: folder, ...options });
  return count;
}

const [, , input = ""] = process.argv;
console.log(await killedRun(JSON.parse(input) as KilledRun));
