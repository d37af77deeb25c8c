import type { Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import { serveBytes } from "../http/ranges.js";
import type { Router } from "../http/router.js";
import { plain, type Commit } from "../state/git.js";
import { entryNotFound, treeOf } from "./tree.js";

const texts = {
  "README.md": "# A kernel\n",
  "build/torch-universal/a_kernel/__init__.py": "from .layers import relu\n",
  "build/torch-universal/a_kernel/layers.py": "def relu(x):\n    return x.clamp(min=0)\n",
};

/** Kernels keep no state: whatever is asked for exists, and holds these files at every revision. */
const everyKernel: Commit = {
  id: "6b65726e656c0000000000000000000000000000",
  title: "Add the kernel",
  message: "",
  author: "ada",
  date: Date.UTC(2026, 0, 1),
  parent: undefined,
  files: new Map(Object.entries(texts).map(([path, text]) => [path, plain(text)])),
};

export function addKernelRoutes(router: Router): void {
  const tree = "/api/kernels/{namespace}/{repo}/tree/{rev}";
  router.add("GET", tree, (call) => treeOf(call, everyKernel));
  router.add("GET", `${tree}/{path...}`, (call) => treeOf(call, everyKernel));
  router.add("GET", "/kernels/{namespace}/{repo}/resolve/{rev}/{path...}", resolve);
}

async function resolve(call: Call): Promise<Answer> {
  const path = call.param("path");
  const content = everyKernel.files.get(path)?.content;
  if (content === undefined) throw entryNotFound(path, call.param("rev"));
  return serveBytes(content, call.request, {
    "content-type": "text/plain; charset=utf-8",
    "x-repo-commit": everyKernel.id,
    etag: `"${await content.oid}"`,
  });
}
