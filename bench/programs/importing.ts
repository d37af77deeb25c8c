import { answering } from "../lib/answering.js";

/** Loads a package and responds with the microseconds of CPU that it took. A process can do that once. */
answering<string>(async (specifier) => {
  const before = process.cpuUsage();
  await import(specifier);
  const { user, system } = process.cpuUsage(before);
  return user + system;
});
