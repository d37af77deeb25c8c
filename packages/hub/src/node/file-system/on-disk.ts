import { HubError } from "../../errors.js";

/** What the system says of a file does not say which one was to be written. */
export async function onDisk<T>(name: string, work: Promise<T>): Promise<T> {
  try {
    return await work;
  } catch (cause) {
    throw new HubError(`${name} cannot be written: ${(cause as Error).message}`, { cause });
  }
}
