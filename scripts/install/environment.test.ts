import { delimiter, join, resolve } from "node:path";
import { expect, it } from "vitest";
import { outsideEnvironment } from "./environment.js";

const root = resolve("/somewhere/workspace");

it("leads nobody back into the workspace, and carries nobody's token", () => {
  const outside = resolve("/usr/bin");
  const env = outsideEnvironment(
    {
      PATH: [join(root, "node_modules/.bin"), outside, `${root}-other`].join(delimiter),
      NODE_PATH: join(root, "node_modules"),
      NODE_OPTIONS: "--import tsx",
      HF_TOKEN: "hf_secret",
      HF_ENDPOINT: "https://hub.example",
      npm_config_verify_deps_before_run: "install",
      npm_config_registry: "https://registry.example",
      HOME: "/home/ada",
    },
    root,
  );
  expect(env).toEqual({
    PATH: [outside, `${root}-other`].join(delimiter),
    npm_config_registry: "https://registry.example",
    HOME: "/home/ada",
    NO_COLOR: "1",
    CI: "1",
    DENO_DIR: ".deno",
  });
});
