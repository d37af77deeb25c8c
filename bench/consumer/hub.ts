import { Hub } from "@hf-api/hub";

// Checked, never run: one call of each method, as an application makes them.
const hub = new Hub();
const repo = "ada/engine";

export async function calls(): Promise<unknown[]> {
  const me = await hub.auth.whoami();
  const models = await hub.models.list({ author: me.name, limit: 20 }).toArray();
  const model = await hub.models.get({ repo, revision: "refs/pr/1" });
  const modelTags = await hub.models.getTags({ type: "license" });
  const modelTree = await hub.models.files.list({ repo, recursive: true }).take(100);
  const modelCommits = await hub.models.listCommits({ repo, limit: 10 }).toArray();
  const modelRefs = await hub.models.getRefs({ repo, includePullRequests: true });
  const modelSettings = await hub.models.updateSettings({ repo, visibility: "private" });
  const modelGroup = await hub.models.getResourceGroup({ repo });
  const datasets = await hub.datasets.list({ search: "weaving", limit: 20 }).toArray();
  const dataset = await hub.datasets.get({ repo });
  const datasetTags = await hub.datasets.getTags();
  const datasetTree = await hub.datasets.files.list({ repo, path: "data" }).toArray();
  const datasetCommits = await hub.datasets.listCommits({ repo }).take(5);
  const datasetRefs = await hub.datasets.getRefs({ repo });
  const datasetGroup = await hub.datasets.setResourceGroup({ repo, resourceGroupId: null });
  const spaces = await hub.spaces.list({ author: "ada" }).take(20);
  const space = await hub.spaces.get({ repo });
  const spaceTree = await hub.spaces.files.list({ repo }).toArray();
  const spaceCommits = await hub.spaces.listCommits({ repo, revision: "main" }).take(1);
  const spaceRefs = await hub.spaces.getRefs({ repo });
  const spaceSettings = await hub.spaces.updateSettings({ repo, discussionsDisabled: true });
  const created = await hub.repos.create({ repo, type: "model" });
  await hub.repos.move({ from: repo, to: "ada/loom", type: "model" });
  await hub.repos.delete({ repo: "ada/loom", type: "model" });
  return [
    [
      models.map(({ id }) => id),
      model.id,
      modelTags,
      modelTree.map(({ path }) => path),
      modelCommits,
      modelRefs.branches,
    ],
    [
      modelSettings,
      modelGroup.name,
      datasets.map(({ id }) => id),
      dataset.id,
      datasetTags,
      datasetTree,
      datasetCommits,
    ],
    [datasetRefs.tags, datasetGroup, spaces.map(({ id }) => id), space.id, spaceTree, spaceCommits, spaceRefs],
    [spaceSettings, created.url],
  ];
}
