import type { Cell } from "./cell.js";
import { bundlerCells } from "./cells/bundlers.js";
import { commonJsCells } from "./cells/commonjs.js";
import { packageManagerCells } from "./cells/package-managers.js";
import { packageCells, requireCells } from "./cells/packages.js";
import { runtimeCells } from "./cells/runtimes.js";
import { typeCells } from "./cells/types.js";

/** Everything that is to be proved of the packages with these names. */
export const allCells = (packages: readonly string[]): Cell[] => [
  ...packageManagerCells(packages),
  ...runtimeCells(),
  ...bundlerCells(),
  ...typeCells(),
  ...requireCells(),
  ...commonJsCells(),
  ...packageCells(packages),
];
