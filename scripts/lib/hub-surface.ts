import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";

/** Which operations the ergonomic package's methods call. */
export interface HubSurface {
  uses(path: string): boolean;
}

/** Every operation has a method, which the package's own tests demand; this is how old documents are replayed. */
export const everyOperation: HubSurface = { uses: () => true };

/** The routes that stand in the package's sources; without sources, better too many than too few. */
export async function readHubSurface(folder: string): Promise<HubSurface> {
  const entries = await readdir(folder, { recursive: true }).catch(() => undefined);
  if (entries === undefined) return everyOperation;
  const files = entries.filter((file) => file.endsWith(".ts")).sort();
  const texts = await Promise.all(files.map((file) => readFile(join(folder, file), "utf8")));
  return surfaceOf(texts.join("\n"));
}

/**
 * A route is written out where it is called; `${this.kind}` in it stands for any one segment. The verb is not looked
 * at: a path whose operations are not all called is rare, and worth a glance when one of them goes.
 */
export function surfaceOf(sources: string): HubSurface {
  const literals = sources.matchAll(/(["`])(\/(?:\$\{[^}`]*\}|[A-Za-z0-9._~{}@+:/-])*)\1/g);
  const routes = new Set([...literals].map(([, , route = ""]) => route.replace(/\$\{[^}]*\}/g, "*")));
  const plain = new Set([...routes].filter((route) => !route.includes("*")));
  const patterns = [...routes].filter((route) => route.includes("*")).map(toPattern);
  return { uses: (path) => plain.has(path) || patterns.some((pattern) => pattern.test(path)) };
}

function toPattern(route: string): RegExp {
  const literal = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");
  return new RegExp(`^${route.split("*").map(literal).join("[^/{}]+")}$`);
}
