import { smoke } from "./smoke.js";
import { target } from "./target.js";

// What Metro bundles may not await at its top level; React Native runs it, and so does Node.
smoke(target, true).then(
  (checks) => console.log(`Metro: ${checks}`),
  (error: unknown) => {
    console.error(error);
    process.exitCode = 1;
  },
);
