import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "repos.create",
    operation: "createRepo",
    call: (hub) => hub.repos.create({ repo: "repo" }),
    request: "POST /api/repos/create",
    body: { name: "repo" },
  },
  {
    method: "repos.create",
    operation: "createRepo",
    call: (hub) =>
      hub.repos.create({
        repo: "org/sp",
        type: "space",
        sdk: "docker",
        visibility: "protected",
        sleepTimeSeconds: 3600,
      }),
    request: "POST /api/repos/create",
    body: {
      name: "sp",
      organization: "org",
      type: "space",
      sdk: "docker",
      visibility: "protected",
      sleepTimeSeconds: 3600,
    },
  },
  {
    method: "repos.move",
    operation: "moveRepo",
    call: (hub) => hub.repos.move({ from: "ns/a", to: "ns2/b", type: "model" }),
    request: "POST /api/repos/move",
    body: { fromRepo: "ns/a", toRepo: "ns2/b", type: "model" },
  },
  {
    method: "repos.delete",
    operation: "deleteRepo",
    call: (hub) => hub.repos.delete({ repo: "org/repo", type: "dataset" }),
    request: "DELETE /api/repos/delete",
    body: { name: "repo", organization: "org", type: "dataset" },
    response: { body: "OK" },
  },
  {
    method: "repos.validateCard",
    operation: "validateCard",
    call: (hub) => hub.repos.validateCard({ content: "# My model" }),
    request: "POST /api/validate-yaml",
    body: { content: "# My model", repoType: "model" },
  },
  {
    method: "repos.validateCard",
    operation: "validateCard",
    call: (hub) => hub.repos.validateCard({ content: "---\nlicense: mit\n---", type: "dataset" }),
    request: "POST /api/validate-yaml",
    body: { content: "---\nlicense: mit\n---", repoType: "dataset" },
    response: { status: 400, body: { errors: [{ message: '"license" is unknown' }] } },
  },
];
