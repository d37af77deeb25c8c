// Commits a README and settings to a model of yours at once; fails if somebody else has committed meanwhile.
import { Hub } from "@hf-api/hub";

const [repo] = process.argv.slice(2);
if (repo === undefined) throw new Error("Expected the id of a model of yours, such as me/my-model");
const hub = new Hub();

const before = await hub.models.get({ repo });
const { commitOid } = await hub.models.commit({
  repo,
  parentCommit: before.sha,
  title: "Describe the model",
  description: "What it is for, and how it was made.",
  operations: [
    { add: "README.md", content: `# ${repo}\n\nA small model.\n` },
    { add: "settings.json", content: JSON.stringify({ beams: 4 }) },
  ],
});
console.log(`commit ${commitOid}`);

const [latest] = await hub.models.listCommits({ repo, limit: 1 }).toArray();
console.log(`latest: ${latest?.title}`);

const readme = await hub.models.files.download({ repo, path: "README.md" });
console.log((await readme.text()).trim());
