// Shows what trends now among models, datasets and Spaces.
import { Hub } from "@hf-api/hub";

const hub = new Hub();

const { recentlyTrending } = await hub.search.getTrending({ limit: 10 });
for (const { repoType, repoData } of recentlyTrending) {
  console.log(`${repoType} ${repoData.id}: ${repoData.likes} likes`);
}
