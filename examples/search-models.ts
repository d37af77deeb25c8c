// Searches models by name, and walks through a longer list page by page.
import { Hub } from "@hf-api/hub";

const [search = "gpt2"] = process.argv.slice(2);
const hub = new Hub();

for await (const model of hub.models.list({ search, sort: "downloads", limit: 5 })) {
  console.log(`${model.id}: ${model.downloads} downloads, ${model.likes} likes`);
}

const list = hub.models.list({ filter: ["text-generation"], limit: 25, pageSize: 10 });
for await (const { items } of list.pages()) {
  console.log(`a page of ${items.length}, from ${items[0]?.id} to ${items.at(-1)?.id}`);
}
