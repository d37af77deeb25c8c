import { eventStream, json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { requiredText, type Fields } from "../http/fields.js";
import type { Router } from "../http/router.js";
import type { Repo, SpaceEntry, SpaceState } from "../state/repo.js";
import { isoDate } from "../state/world.js";
import { spaceRuntime } from "./space-runtime.js";

const space = "/api/spaces/{namespace}/{repo}";

export function addSpaceRoutes(router: Router): void {
  for (const store of ["secrets", "variables"] as const) {
    router.add("GET", `${space}/${store}`, (call) => json(entriesView(call.writableRepo("spaces").space, store)));
    router.add("POST", `${space}/${store}`, (call) => setEntry(call, store));
    router.add("DELETE", `${space}/${store}`, (call) => deleteEntry(call, store));
  }
  router.add("GET", `${space}/runtime`, (call) => json(spaceRuntime(call.repo("spaces"))));
  router.add("POST", `${space}/pause`, (call) => changeRuntime(call, () => ({ stage: "PAUSED" })));
  router.add("POST", `${space}/restart`, (call) => changeRuntime(call, () => ({ stage: "RUNNING" })));
  router.add("POST", `${space}/hardware`, (call) =>
    changeRuntime(call, (fields) => ({ hardware: requiredText(fields, "flavor") })),
  );
  router.add("POST", `${space}/sleeptime`, (call) =>
    changeRuntime(call, (fields) => ({ sleepTime: field.optionalNumber(fields, "seconds") ?? null })),
  );
  router.add("POST", `${space}/dev-mode`, (call) =>
    changeRuntime(call, (fields) => ({ devMode: field.optionalFlag(fields, "enabled") ?? true })),
  );
  router.add("PUT", `${space}/volumes`, (call) =>
    changeRuntime(call, (fields) => ({ volumes: field.requiredList(fields, "volumes") })),
  );
  router.add("DELETE", `${space}/volumes`, (call) => changeRuntime(call, () => ({ volumes: [] })));
  router.add("GET", `${space}/logs/{logType}`, (call) => eventStream(logLines(call, call.repo("spaces"))));
}

type Store = "secrets" | "variables";

/** What a request to create a Space says besides its name. */
export function configureSpace(space: SpaceState, fields: Fields, now: number): void {
  space.hardware = field.optionalText(fields, "hardware") ?? space.hardware;
  space.sleepTime = field.optionalNumber(fields, "sleepTimeSeconds") ?? space.sleepTime;
  space.devMode = field.optionalFlag(fields, "devModeEnabled") ?? space.devMode;
  space.volumes = field.optionalList(fields, "volumes") ?? space.volumes;
  for (const store of ["secrets", "variables"] as const) {
    for (const entry of field.optionalList(fields, store) ?? []) storeEntry(space, store, field.asFields(entry), now);
  }
}

async function setEntry(call: Call, store: Store): Promise<Answer> {
  const { space } = call.writableRepo("spaces");
  storeEntry(space, store, await call.fields(), call.world.now());
  return changedEntries(space, store);
}

function storeEntry(space: SpaceState, store: Store, fields: Fields, updatedAt: number): void {
  const key = requiredText(fields, "key");
  if (!/^[a-zA-Z][_a-zA-Z0-9]*$/.test(key)) throw field.invalid("Invalid string: letters, digits and _", "key");
  const description = field.optionalText(fields, "description");
  const value = field.optionalText(fields, "value") ?? "";
  space[store].set(key, { value, updatedAt, ...(description !== undefined && { description }) });
}

async function deleteEntry(call: Call, store: Store): Promise<Answer> {
  const { space } = call.writableRepo("spaces");
  space[store].delete(requiredText(await call.fields(), "key"));
  return changedEntries(space, store);
}

/** A change of variables answers all of them, a change of secrets nothing. */
function changedEntries(space: SpaceState, store: Store): Answer {
  return json(store === "secrets" ? {} : entriesView(space, store));
}

/** Secrets go in and never come out. */
function entriesView(space: SpaceState, store: Store): Record<string, unknown> {
  const view = (key: string, { value, updatedAt, description }: SpaceEntry): unknown => ({
    key,
    ...(store === "variables" && { value }),
    ...(description !== undefined && { description }),
    updatedAt: isoDate(updatedAt),
  });
  return Object.fromEntries([...space[store]].map(([key, entry]) => [key, view(key, entry)]));
}

async function changeRuntime(call: Call, change: (fields: Fields) => Partial<SpaceState>): Promise<Answer> {
  const repo = call.writableRepo("spaces");
  Object.assign(repo.space, change(await call.fields()));
  return json(spaceRuntime(repo));
}

function logLines(call: Call, repo: Repo): unknown[] {
  const timestamp = isoDate(repo.record.lastModified);
  const lines =
    call.param("logType") === "build" ? ["Building image", "Pushing image"] : ["Application startup complete"];
  const tail = call.integer("tail", lines.length, { min: 0 });
  return lines.slice(Math.max(0, lines.length - tail)).map((data) => ({ data: `${data}\n`, timestamp }));
}
