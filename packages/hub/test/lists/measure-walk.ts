import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import { Hub } from "../../src/hub.js";

export type Walk = "items" | "pages";

const pageSize = 100;

/** By how many MiB the heap grows while a list of so many pages is walked, from page 300 on. */
export async function measureWalk(walk: Walk, pages: number): Promise<number> {
  setFlagsFromString("--expose-gc");
  const collectGarbage = runInNewContext("gc") as () => void;
  const heap = (): number => {
    collectGarbage();
    return process.memoryUsage().heapUsed / 2 ** 20;
  };
  const list = endlessHub().models.list();
  const steps = walk === "items" ? pageSize : 1;
  let step = 0;
  let before = 0;
  for await (const _ of walk === "items" ? list : list.pages()) {
    step += 1;
    if (step === 300 * steps) before = heap();
    // While the walk goes on. With its last page, the compiler starts anew and lets go of what it kept.
    if (step === pages * steps) return heap() - before;
  }
  throw new Error(`the walk ended after ${step} steps`);
}

/** A Hub whose list of models never ends. Its pages have 100 items of 200 bytes each. */
function endlessHub(): Hub {
  const body = JSON.stringify(Array.from({ length: pageSize }, (_, id) => ({ id: `${id}`.padEnd(190, "x") })));
  let number = 0;
  return new Hub({
    token: null,
    endpoint: "https://huggingface.co",
    fetch: async () => {
      number += 1;
      const link = `</api/models?cursor=${number}>; rel="next"`;
      return new Response(body, { headers: { "content-type": "application/json", link } });
    },
  });
}
