// Reads a model as it is on a branch, tag, commit or pull request.
import { Hub } from "@hf-api/hub";

const [repo = "openai-community/gpt2", revision = "refs/pr/1"] = process.argv.slice(2);
const hub = new Hub();

for (const at of ["main", revision]) {
  const model = await hub.models.get({ repo, revision: at });
  console.log(`${model.id} at ${at} is commit ${model.sha.slice(0, 8)} with ${model.siblings.length} files`);
}
