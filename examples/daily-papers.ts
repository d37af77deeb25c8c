// Lists the papers that the community picked, the latest first, or those of one day.
import { Hub } from "@hf-api/hub";

const [date] = process.argv.slice(2);
const hub = new Hub();

for await (const { paper } of hub.papers.listDaily({ date, limit: 5 })) {
  console.log(`${paper.id} ${paper.title} (${paper.upvotes} upvotes)`);
}
