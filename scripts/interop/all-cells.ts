import type { Cell } from "./cell.js";
import { officialClient } from "./cells/official-client.js";

/** Every stranger's client and server. */
export const allCells: readonly Cell[] = [officialClient];
