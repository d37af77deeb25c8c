import { createHash, randomBytes } from "node:crypto";
import { readlinkSync } from "node:fs";
import { utimes } from "node:fs/promises";
import { hostname } from "node:os";
// Deno has others of its own, which keep a program alive.
import { clearInterval, setInterval } from "node:timers";

// What a process works on is marked with its owner: `<machine>-<process>-<random>`. Others leave it alone until its process
// has ended, where that can be seen from here, or until nobody has touched it for a while.

export const ownerPattern = "([0-9a-f]{8})-(\\d+)-([0-9a-f]{8})";

/** Owners touch their files more often, even when they wait for the Hub. */
const beat = 10_000;
const idle = 120_000;
/** A process of that number may be a later one, but may also be busy. */
const idleOfLiving = 3_600_000;

/** The same text always gives the same short name. */
export const digest = (text: string, length: number): string =>
  createHash("sha256").update(text).digest("hex").slice(0, length);

/** Where a process is known by its number: containers of one machine have numbers of their own. */
function nameMachine(): string {
  let processes = "";
  try {
    processes = readlinkSync("/proc/self/ns/pid");
  } catch {
    // Only Linux has it.
  }
  try {
    return digest(`${hostname()} ${processes}`, 8);
  } catch {
    // Deno tells it with a permission only. Under a name that nobody else has, others go by the time alone.
    return randomBytes(4).toString("hex");
  }
}

let machine: string | undefined;
const thisMachine = (): string => (machine ??= nameMachine());

/** Owners of this thread, and the files of those that still work. */
const ownNames = new Set<string>();
const held = new Map<string, string>();
let timer: ReturnType<typeof setInterval> | undefined;

export function newOwner(): string {
  const random = randomBytes(4).toString("hex");
  ownNames.add(random);
  return `${thisMachine()}-${process.pid}-${random}`;
}

/** Shows that the owner of a file is at work, until the function that it returns is called. */
export function hold(owner: string, path: string): () => void {
  held.set(owner, path);
  timer ??= setInterval(touchAll, beat);
  timer.unref();
  return () => {
    held.delete(owner);
    if (held.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

function touchAll(): void {
  const now = Date.now() / 1000;
  // One that is gone has nobody to tell.
  for (const path of held.values()) void utimes(path, now, now).catch(() => undefined);
}

/** Whether nobody works any more on a file with this owner, which was last touched then. */
export function isAbandoned(owner: string, touched: number): boolean {
  const [, where, id, random = ""] = new RegExp(`^${ownerPattern}$`).exec(owner) ?? [];
  // Clocks jump, in both directions.
  const age = Math.abs(Date.now() - touched);
  if (where !== thisMachine()) return age > idle;
  if (Number(id) === process.pid && ownNames.has(random)) return !held.has(owner);
  return hasEnded(Number(id)) || age > idleOfLiving;
}

function hasEnded(id: number): boolean {
  try {
    process.kill(id, 0);
    return false;
  } catch (error) {
    // Another error says that there is such a process, of somebody else.
    return (error as NodeJS.ErrnoException).code === "ESRCH";
  }
}
