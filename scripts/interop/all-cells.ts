import type { Cell } from "./cell.js";
import { mixedClients } from "./cells/mixed.js";
import { officialClient } from "./cells/official-client.js";

/** Every stranger's client and server. */
export const allCells: readonly Cell[] = [officialClient, mixedClients];
