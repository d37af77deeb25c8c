import { createHash } from "node:crypto";
import { readFile } from "node:fs/promises";
import { createServer, type Server } from "node:http";
import type { JsonObject } from "../document/document.js";
import type { Packed } from "./packed.js";

/** A registry that holds our packages alone. Projects name it for our scope, and get all others from where they use to. */
export interface TarballRegistry {
  /** The address for one project. What it takes is counted apart from what others take. */
  urlFor(project: string): string;
  /** The packages whose tarballs this project took from here. */
  takenBy(project: string): string[];
  close(): void;
}

export async function serveTarballs(packages: readonly Packed[]): Promise<TarballRegistry> {
  const tarballs = new Map<string, Buffer>();
  for (const { name, tarball } of packages) tarballs.set(name, await readFile(tarball));
  // A minute old at most, as after a release.
  const published = new Date().toISOString();
  const taken = new Map<string, Set<string>>();
  const server = createServer(({ url = "", headers }, response) => {
    const [, project = "", ...rest] = decodeURIComponent(url.split("?")[0] ?? "").split("/");
    const path = rest.join("/");
    const it = packages.find(({ name }) => path === name || path.startsWith(`${name}/`));
    const bytes = tarballs.get(it?.name ?? "");
    const base = `http://${headers.host}/${project}`;
    if (it === undefined || bytes === undefined) {
      response.writeHead(404, { "content-type": "application/json" }).end('{"error":"not one of ours"}');
    } else if (path === `${it.name}/-/package.tgz`) {
      taken.set(project, (taken.get(project) ?? new Set()).add(it.name));
      response.writeHead(200, { "content-type": "application/octet-stream" }).end(bytes);
    } else {
      const found = path === it.name ? packument(it, bytes, base, published) : release(it, bytes, base);
      response.writeHead(200, { "content-type": "application/json" }).end(JSON.stringify(found));
    }
  });
  const port = await listening(server);
  return {
    urlFor: (project) => `http://127.0.0.1:${port}/${project}/`,
    takenBy: (project) => [...(taken.get(project) ?? [])].sort(),
    close: () => {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** What a registry tells of a package. */
function packument(it: Packed, bytes: Buffer, base: string, published: string): JsonObject {
  const { name, version } = it;
  return {
    name,
    "dist-tags": { latest: version },
    versions: { [version]: release(it, bytes, base) },
    time: { created: published, modified: published, [version]: published },
  };
}

/** The one version that there is, which pnpm asks for as `latest`. */
function release({ name, manifest }: Packed, bytes: Buffer, base: string): JsonObject {
  const tarball = `${base}/${name}/-/package.tgz`;
  const shasum = createHash("sha1").update(bytes).digest("hex");
  const integrity = `sha512-${createHash("sha512").update(bytes).digest("base64")}`;
  return { ...manifest, dist: { tarball, shasum, integrity } };
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : 0;
}
