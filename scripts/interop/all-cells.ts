import type { Cell } from "./cell.js";

/** Every stranger's client and server. What a cell runs is loaded with it, once the packages are built. */
export const allCells: readonly Cell[] = [
  {
    name: "huggingface-js",
    group: "javascript",
    about: "@huggingface/hub of npm against the mock Hub",
    run: async (place) => (await import("./cells/official-client.js")).run(place),
  },
  {
    name: "mixed-js",
    group: "javascript",
    about: "@huggingface/hub reads what @hf-api/hub wrote, and the reverse",
    run: async (place) => (await import("./cells/mixed.js")).run(place),
  },
  {
    name: "huggingface-py",
    group: "python",
    about: "huggingface_hub of PyPI against the mock Hub, and our client on what it wrote",
    run: async (place) => (await import("./cells/python-client.js")).run(place),
  },
  {
    name: "hf-command",
    group: "python",
    about: "the command hf of huggingface_hub against the mock Hub",
    run: async (place) => (await import("./cells/hf-command.js")).run(place),
  },
  {
    name: "hfd",
    group: "go",
    about: "our client against hfd, a server in Go, with an empty folder",
    run: async (place) => (await import("./cells/hfd.js")).run(place),
  },
];
