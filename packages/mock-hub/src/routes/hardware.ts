import { json } from "../http/answer.js";
import type { Router } from "../http/router.js";

export function addHardwareRoutes(router: Router): void {
  for (const user of ["jobs", "spaces"] as const) {
    router.add("GET", `/api/${user}/hardware`, (call) => json(call.world.hardware[user]));
  }
}
