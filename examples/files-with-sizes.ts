// Lists all files of a model with their sizes, those in folders as well.
import { Hub } from "@hf-api/hub";

const [repo = "openai-community/gpt2"] = process.argv.slice(2);
const hub = new Hub();

let total = 0;
for await (const entry of hub.models.files.list({ repo, recursive: true })) {
  if (entry.type !== "file") continue;
  const { path, size = 0, lfs } = entry;
  total += size;
  console.log(`${path}: ${size} bytes${lfs === undefined ? "" : ", in LFS"}`);
}
console.log(`${repo}: ${total} bytes in all`);
