import { createHash } from "node:crypto";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { serveTarballs, type TarballRegistry } from "./tarball-registry.js";

let folder: string;
let registry: TarballRegistry;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tarballs-"));
  const tarball = join(folder, "hub.tgz");
  await writeFile(tarball, "bytes");
  const manifest = { name: "@x/hub", version: "1.2.3", dependencies: { other: "^1" } };
  registry = await serveTarballs([{ name: "@x/hub", version: "1.2.3", tarball, manifest }]);
});
afterAll(async () => {
  registry.close();
  await rm(folder, { recursive: true });
});

interface Release {
  dependencies: object;
  dist: { tarball: string; integrity: string };
}
const get = async <T>(project: string, path: string): Promise<T> =>
  (await (await fetch(registry.urlFor(project) + path)).json()) as T;

it.each(["@x/hub", "@x%2fhub", "@x%2Fhub"])("tells of %s as package managers ask for it", async (path) => {
  const found = await get<{ versions: Record<string, Release>; time: Record<string, string> }>("asking", path);
  expect(found).toMatchObject({ name: "@x/hub", "dist-tags": { latest: "1.2.3" } });
  expect(Date.parse(found.time["1.2.3"] ?? "")).toBeLessThanOrEqual(Date.now());
  expect(found.versions["1.2.3"]).toEqual(await get<Release>("asking", `${path}/latest`));
});

it("hands out the tarball that its checksum is of, and knows which project took it", async () => {
  const { dist, dependencies } = await get<Release>("taking", "@x%2fhub/latest");
  expect(dependencies).toEqual({ other: "^1" });
  expect(registry.takenBy("taking")).toEqual([]);
  const bytes = Buffer.from(await (await fetch(dist.tarball)).arrayBuffer());
  expect(`sha512-${createHash("sha512").update(bytes).digest("base64")}`).toBe(dist.integrity);
  expect(registry.takenBy("taking")).toEqual(["@x/hub"]);
  expect(registry.takenBy("asking")).toEqual([]);
});

it("has nothing of what others publish", async () => {
  expect((await fetch(`${registry.urlFor("asking")}left-pad`)).status).toBe(404);
});
