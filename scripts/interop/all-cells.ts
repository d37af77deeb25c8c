import type { Cell } from "./cell.js";
import { hfCommand } from "./cells/hf-command.js";
import { hfd } from "./cells/hfd.js";
import { mixedClients } from "./cells/mixed.js";
import { officialClient } from "./cells/official-client.js";
import { pythonClient } from "./cells/python-client.js";

/** Every stranger's client and server. */
export const allCells: readonly Cell[] = [officialClient, mixedClients, pythonClient, hfCommand, hfd];
