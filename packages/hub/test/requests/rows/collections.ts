import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "collections.getHistory",
    operation: "getCollectionHistory",
    call: (hub) => hub.collections.getHistory({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026" }),
    request: "GET /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/history",
  },
  {
    method: "collections.list",
    operation: "listCollections",
    call: (hub) => hub.collections.list().toArray(),
    request: "GET /api/collections",
  },
  {
    method: "collections.list",
    operation: "listCollections",
    call: (hub) =>
      hub.collections
        .list({
          owner: ["a", "b"],
          item: ["papers/2311.12983", "datasets/rajpurkar/squad"],
          sort: "trending",
          limit: 2,
        })
        .toArray(),
    request:
      "GET /api/collections?owner=a&owner=b&item=papers%2F2311.12983&item=datasets%2Frajpurkar%2Fsquad&sort=trending&limit=2",
  },
  {
    method: "collections.list",
    operation: "listCollections",
    call: (hub) => hub.collections.list({ owner: "a", expand: false }).toArray(),
    request: "GET /api/collections?owner=a&expand=false",
  },
  {
    method: "collections.get",
    operation: "getCollectionBySlug",
    call: (hub) => hub.collections.get({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026" }),
    request: "GET /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026",
  },
  {
    method: "collections.exists",
    operation: "getCollectionBySlug",
    call: (hub) => hub.collections.exists({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026" }),
    request: "GET /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026",
  },
  {
    method: "collections.create",
    operation: "createCollection",
    call: (hub) =>
      hub.collections.create({
        title: "My cool models",
        namespace: "org",
        private: true,
        description: "Here",
        resourceGroupId: "66670e5163145ca562cb1988",
      }),
    request: "POST /api/collections",
    body: {
      title: "My cool models",
      namespace: "org",
      private: true,
      description: "Here",
      resourceGroupId: "66670e5163145ca562cb1988",
    },
  },
  {
    method: "collections.create",
    operation: "createCollection",
    call: (hub) => hub.collections.create({ title: "Mine", item: { type: "paper", id: "2311.12983" } }),
    request: "POST /api/collections",
    body: { title: "Mine", item: { type: "paper", id: "2311.12983" }, namespace: "me" },
  },
  {
    method: "collections.update",
    operation: "updateCollectionBySlug",
    call: (hub) =>
      hub.collections.update({
        collection: "ns/my-coll-64f9a55bb3115b4f513ec026",
        position: 0,
        private: false,
        theme: "green",
        title: "T",
        description: "D",
      }),
    request: "PATCH /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026",
    body: { position: 0, private: false, theme: "green", title: "T", description: "D" },
    response: { body: { success: true, data: {} } },
  },
  {
    method: "collections.delete",
    operation: "deleteCollectionBySlug",
    call: (hub) => hub.collections.delete({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026" }),
    request: "DELETE /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026",
  },
  {
    method: "collections.addItem",
    operation: "addCollectionItemBySlug",
    call: (hub) =>
      hub.collections.addItem({
        collection: "ns/my-coll-64f9a55bb3115b4f513ec026",
        item: { id: "username/cool-model", type: "model" },
        note: "Here",
      }),
    request: "POST /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/items",
    body: { item: { id: "username/cool-model", type: "model" }, note: "Here" },
  },
  {
    method: "collections.updateItem",
    operation: "updateCollectionItem",
    call: (hub) =>
      hub.collections.updateItem({
        collection: "ns/my-coll-64f9a55bb3115b4f513ec026",
        itemId: "6501e6e4b3f0d3bbea1ae1f4",
        position: 0,
        note: "n",
      }),
    request: "PATCH /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/items/6501e6e4b3f0d3bbea1ae1f4",
    body: { position: 0, note: "n" },
  },
  {
    method: "collections.updateItems",
    operation: "updateCollectionItemsBySlug",
    call: (hub) =>
      hub.collections.updateItems({
        collection: "ns/my-coll-64f9a55bb3115b4f513ec026",
        items: [{ itemId: "6501e6e4b3f0d3bbea1ae1f4", position: 1 }],
      }),
    request: "POST /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/items/batch",
    body: [{ action: "update", _id: "6501e6e4b3f0d3bbea1ae1f4", data: { position: 1 } }],
  },
  {
    method: "collections.removeItem",
    operation: "removeCollectionItemBySlug",
    call: (hub) =>
      hub.collections.removeItem({
        collection: "ns/my-coll-64f9a55bb3115b4f513ec026",
        itemId: "6501e6e4b3f0d3bbea1ae1f4",
      }),
    request: "DELETE /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/items/6501e6e4b3f0d3bbea1ae1f4",
  },
  {
    method: "collections.getResourceGroup",
    operation: "getCollectionResourceGroupBySlug",
    call: (hub) => hub.collections.getResourceGroup({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026" }),
    request: "GET /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/resource-group",
  },
  {
    method: "collections.setResourceGroup",
    operation: "setCollectionResourceGroupBySlug",
    call: (hub) =>
      hub.collections.setResourceGroup({ collection: "ns/my-coll-64f9a55bb3115b4f513ec026", resourceGroupId: null }),
    request: "POST /api/collections/ns/my-coll-64f9a55bb3115b4f513ec026/resource-group",
    body: { resourceGroupId: null },
  },
];
