import { Bucket } from "../state/bucket.js";
import type { World } from "../state/world.js";
import { safetensorsFile } from "./safetensors.js";

const created = Date.UTC(2025, 11, 1);
const minute = 60_000;

/** One bucket, with the files of a training that saved its state twice. */
export function seedBuckets(world: World): void {
  const random = world.randomFor("buckets");
  const owner = "acme-research";
  const bucket = new Bucket({ _id: random.hex(24), owner, name: "checkpoints", createdAt: created, isPrivate: false });
  for (const step of [100, 200]) {
    const at = created + step * minute;
    bucket.put(`run-1/step-${step}/model.safetensors`, safetensorsFile(random.hex(8)), at);
    bucket.put(`run-1/step-${step}/state.json`, `{"step":${step}}\n`, at + minute, "application/json");
  }
  bucket.put("README.md", "# Checkpoints\n", created + minute, "text/markdown");
  world.buckets.set(bucket.id, bucket);
}
