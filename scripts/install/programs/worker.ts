import * as entries from "./portable-entries.js";
import { smoke } from "./smoke.js";
import { target } from "./target.js";

// `workerd test` calls this, and fails when it throws.
export default {
  async test(): Promise<void> {
    const outcome = await smoke(target, true);
    console.log(`${navigator.userAgent}: ${Object.keys(entries).length} entries, ${outcome}`);
  },
};
