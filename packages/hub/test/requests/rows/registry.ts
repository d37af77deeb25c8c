import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "registry.getToken",
    operation: "getRegistryToken",
    call: (hub) =>
      hub.registry.getToken({
        service: "registry.hf.space",
        scope: ["repository:org/a:pull", "repository:org/b:pull,push"],
      }),
    request:
      "GET /api/registry/token?service=registry.hf.space&scope=repository%3Aorg%2Fa%3Apull&scope=repository%3Aorg%2Fb%3Apull%2Cpush",
  },
];
