let last = performance.now();

/** Prints a step that is done, with the time since the one before. */
export function step(name: string, outcome: string): void {
  const now = performance.now();
  process.stdout.write(`  ${name.padEnd(10)} ${`${Math.round(now - last)} ms`.padStart(8)}  ${outcome}\n`);
  last = now;
}
