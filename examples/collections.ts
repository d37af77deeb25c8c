// Creates a collection, adds a model to it, lists the collections that you have, and deletes the new one.
import { Hub } from "@hf-api/hub";

const hub = new Hub();

const { slug, owner } = await hub.collections.create({ title: "Small models", private: true });
console.log(`created ${slug}`);

const { items } = await hub.collections.addItem({
  collection: slug,
  item: { type: "model", id: "openai-community/gpt2" },
  note: "Where it began.",
});
for (const item of items) console.log(`holds ${item.type} ${item.id}`);

for await (const collection of hub.collections.list({ owner: owner.name })) {
  console.log(`listed ${collection.title}`);
}

await hub.collections.delete({ collection: slug });
console.log(`deleted ${slug}`);
