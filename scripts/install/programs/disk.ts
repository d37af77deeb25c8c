import { mkdir, readFile, writeFile } from "node:fs/promises";
import { Hub } from "@hf-api/hub";
import { downloadFolder, downloadTo, localFile, localFolder } from "@hf-api/hub/node";
import { target } from "./target.js";

// What lies on the disk goes up, in one piece and in parts, and comes back the same.
const hub = new Hub(target);
const { name } = await hub.auth.whoami();
const repo = `${name}/disk-${crypto.randomUUID()}`;
await hub.repos.create({ repo });
await mkdir("sent/below", { recursive: true });
const large = Uint8Array.from({ length: 700_000 }, (_, at) => (at * 7) % 256);
await writeFile("sent/small.txt", "small");
await writeFile("sent/below/large.bin", large);

await hub.models.files.upload({ repo, files: localFolder("sent") });
await hub.models.files.upload({ repo, path: "copy.txt", content: await localFile("sent/small.txt") });
await downloadTo(hub.models, { repo, path: "copy.txt" }, "one/copy.txt");
const { written } = await downloadFolder(hub.models, { repo }, "all", { exclude: [".gitattributes"] });

const expected = ["below/large.bin", "copy.txt", "small.txt"];
if (written.toSorted().join() !== expected.join()) throw new Error(`found ${written.join()}`);
for (const [path, content] of [
  ["one/copy.txt", new TextEncoder().encode("small")],
  ["all/below/large.bin", large],
] as const) {
  const found = await readFile(path);
  if (found.length !== content.length || found.some((byte, at) => byte !== content[at]))
    throw new Error(`${path} differs`);
}
console.log(`${written.length + 1} files came back the same`);
