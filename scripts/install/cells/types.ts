import type { Cell } from "../cell.js";

const compilers = ["5.4", "5.9", "6", "7"];
const resolutions = { bundler: "esnext", node16: "node16", nodenext: "nodenext" };

/** A consumer and every entry, compiled without the DOM's types and with a look into each declaration file. */
export function typeCells(): Cell[] {
  return compilers.flatMap((version) =>
    Object.entries(resolutions).map(([resolution, module]): Cell => {
      const options =
        "--noEmit --strict --skipLibCheck false --target es2022 --lib es2023 --types node " +
        `--module ${module} --moduleResolution ${resolution}`;
      return {
        name: `ts${version}-${resolution}`,
        group: "types",
        installed: true,
        steps: [`npx -y -p typescript@${version} tsc ${options} consumer.ts entries.ts`],
      };
    }),
  );
}
