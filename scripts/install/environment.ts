import { delimiter, resolve, sep } from "node:path";

/** What a project's commands see: nothing that leads back into this workspace, and nobody's token. */
export function outsideEnvironment(env: NodeJS.ProcessEnv, root: string): NodeJS.ProcessEnv {
  const inside = resolve(root) + sep;
  const kept = Object.entries(env).filter(([name]) => {
    if (name === "npm_config_registry") return true;
    // pnpm tells what it runs all of its own settings; Node would look for modules where NODE_PATH says.
    return !/^(npm_.*|pnpm_.*|NODE_PATH|NODE_OPTIONS|HF_.*)$/.test(name);
  });
  const path = (env["PATH"] ?? "").split(delimiter).filter((folder) => !resolve(folder).startsWith(inside));
  return { ...Object.fromEntries(kept), PATH: path.join(delimiter), NO_COLOR: "1", CI: "1", DENO_DIR: ".deno" };
}
