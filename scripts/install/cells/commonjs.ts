import type { Cell } from "../cell.js";
import { npmInstall } from "./package-managers.js";

/** TypeScript from CommonJS: each as its users set it, in a file that is compiled to `require()`. */
const settings = {
  "5.8": ["nodenext"],
  "5.9": ["nodenext", "node20"],
  "6": ["nodenext", "commonjs"],
  "7": ["nodenext", "commonjs"],
} as const;

const test = (load: string): string => `${load}
test("calls and downloads", async () => {
  const mock = createMockHub();
  const hub = new Hub({ endpoint: mock.url, fetch: mock.fetch, token: mock.tokens.write });
  expect((await hub.auth.whoami()).name).toBe("ada");
  // What it is made of is loaded by import().
  const file = await hub.models.files.download({ repo: "openai-community/gpt2", path: "config.json" });
  expect((await file.text()).length).toBe(file.size);
});
`;

const commonjs = `const { Hub } = require("@hf-api/hub");
const { createMockHub } = require("@hf-api/mock-hub");`;
const esModules = `import { Hub } from "@hf-api/hub";
import { createMockHub } from "@hf-api/mock-hub";`;

const jest = "node_modules/jest/bin/jest.js";

/** What programs of CommonJS need, whose files these packages are not. */
export function commonJsCells(): Cell[] {
  const compilers = Object.entries(settings).flatMap(([version, modules]) =>
    modules.map((module): Cell => {
      const resolution = module === "commonjs" ? " --moduleResolution bundler" : "";
      const options = `--noEmit --strict --skipLibCheck false --target es2022 --lib es2023 --types node --module ${module}`;
      return {
        name: `ts${version}-cjs-${module}`,
        group: "types",
        installed: true,
        steps: [`npx -y -p typescript@${version} tsc ${options}${resolution} program.cts`],
        files: {
          "program.cts":
            'import { Hub } from "@hf-api/hub";\nimport { tokenFromDisk } from "@hf-api/hub/node";\n' +
            'import { createLogin } from "@hf-api/hub/oauth";\n' +
            "export const hub = new Hub({ token: tokenFromDisk });\nexport const login = createLogin();\n",
        },
      };
    }),
  );
  const tests: Cell = {
    name: "jest-node20",
    group: "require",
    installed: true,
    steps: [
      npmInstall(["--no-save", "jest@30", "@swc/core@1", "@swc/jest@0.2"]),
      `npx -y node@20 ${jest} --config jest.commonjs.json`,
      `npx -y node@20 --experimental-vm-modules ${jest} --config jest.modules.json`,
    ],
    files: {
      "commonjs.test.cjs": test(commonjs),
      "modules.test.mjs": test(esModules),
      "jest.commonjs.json": JSON.stringify({
        testMatch: ["**/commonjs.test.cjs"],
        transform: { "\\.[cm]?[jt]sx?$": "@swc/jest" },
        transformIgnorePatterns: ["/node_modules/(?!(.pnpm|@hf-api|openapi-fetch)/)"],
      }),
      "jest.modules.json": JSON.stringify({ testMatch: ["**/modules.test.mjs"], transform: {} }),
    },
  };
  return [...compilers, tests];
}
