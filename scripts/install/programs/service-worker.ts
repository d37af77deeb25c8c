import { smoke } from "./smoke.js";
import { target } from "./target.js";

/** What the types of pages lack: a worker's own events. */
interface InstallEvent extends Event {
  waitUntil(work: Promise<unknown>): void;
}

// A service worker may not load further code by import(), so the client comes whole, by its static entry.
const run = async (): Promise<void> => {
  const outcome = await smoke(target, false).then(
    (checks) => ({ passed: true, text: `service worker: ${checks}` }),
    (error: unknown) => ({ passed: false, text: `service worker: ${String(error)}` }),
  );
  await fetch("/outcome", { method: "POST", body: JSON.stringify(outcome) });
};
addEventListener("install", (event) => (event as InstallEvent).waitUntil(run()));
