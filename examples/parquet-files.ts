// Lists the Parquet files that the Hub has made of a dataset, by subset and split.
import { Hub } from "@hf-api/hub";

const [repo = "rajpurkar/squad"] = process.argv.slice(2);
const hub = new Hub();

for (const [subset, splits] of Object.entries(await hub.datasets.getParquetFiles({ repo }))) {
  for (const [split, urls] of Object.entries(splits)) {
    console.log(`${subset}, ${split}: ${urls.length} files`);
    for (const url of urls) console.log(`  ${url}`);
  }
}
