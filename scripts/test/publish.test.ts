import { execFile } from "node:child_process";
import { chmod, mkdir, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { publishCommands } from "../release/publish-step.js";

const commands = await publishCommands(fileURLToPath(new URL("../..", import.meta.url)));

// It responds from the file `view-<version>` and notes what it publishes, which is there from then on.
const npm = `#!/bin/sh
here=$(dirname "$0")
case $1 in
  view) file="$here/view-$(echo "$2" | tr / _)"
    if [ -f "$file" ]; then cat "$file"; grep -q error "$file" && exit 1; exit 0; fi
    echo '{ "error": { "code": "E404", "summary": "No match found for version" } }'; exit 1 ;;
  publish) cat > "$here/input"; [ -f "$here/fail" ] && case $2 in *raw*) exit 1;; esac; echo "$@" >> "$here/published" ;;
esac
`;

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "publish-"));
  await mkdir(join(root, "bin"));
  await mkdir(join(root, "release"));
  await writeFile(join(root, "bin/npm"), npm);
  await chmod(join(root, "bin/npm"), 0o755);
  await writeFile(join(root, "release/versions.txt"), "@x/raw@0.1.0 x-raw.tgz\n@x/hub@0.1.0 x-hub.tgz\n");
});
afterEach(() => rm(root, { recursive: true }));

/** Runs the step as a workflow does that says `shell: bash`. */
function publish(): Promise<{ code: number; output: string }> {
  const env = { PATH: `${join(root, "bin")}${delimiter}${process.env["PATH"] ?? ""}` };
  const args = ["--noprofile", "--norc", "-eo", "pipefail", "-c", commands];
  return new Promise((resolve) => {
    execFile("bash", args, { cwd: root, env }, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : 1, output: stdout + stderr });
    });
  });
}

const published = async (): Promise<string[]> =>
  (await readFile(join(root, "bin/published"), "utf8").catch(() => "")).split("\n").filter((line) => line !== "");
const flags = "--access public --ignore-scripts";

describe.skipIf(process.platform === "win32")("publishing", () => {
  it("publishes the files in their order", async () => {
    expect(await publish()).toMatchObject({ code: 0 });
    expect(await published()).toEqual([`publish ./release/x-raw.tgz ${flags}`, `publish ./release/x-hub.tgz ${flags}`]);
  });

  it("publishes what is missing, when half of a release is out", async () => {
    await writeFile(join(root, "bin/view-@x_raw@0.1.0"), '"0.1.0"\n');
    expect(await publish()).toEqual({ code: 0, output: "npm has @x/raw@0.1.0 already\n" });
    expect(await published()).toEqual([`publish ./release/x-hub.tgz ${flags}`]);
  });

  it("publishes nothing when npm does not say what it has", async () => {
    await writeFile(join(root, "bin/view-@x_raw@0.1.0"), '{ "error": { "code": "ECONNRESET" } }\n');
    expect(await publish()).toMatchObject({ code: 1, output: expect.stringContaining("npm does not say whether") });
    expect(await published()).toEqual([]);
  });

  it("stops at the first that npm refuses: others depend on it", async () => {
    await writeFile(join(root, "bin/fail"), "");
    expect(await publish()).toMatchObject({ code: 1 });
    expect(await published()).toEqual([]);
  });
});
