import { sleep } from "../async/abortable.js";
import { loadPart } from "../async/load-part.js";
import { HubError } from "../errors.js";
import { duration } from "../inputs/numbers.js";
import { addWords } from "../transport/add-words.js";
import type { Transport } from "../transport/transport.js";
import type { Waits } from "./waits.js";

/** Waits for what runs; loaded by the first wait. */
export const waits = async (transport: Transport): Promise<Waits> =>
  new (await loadPart(() => import("./waits.js"))).Waits(transport, { sleep, duration, addWords, HubError });
