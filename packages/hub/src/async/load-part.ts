import { HubError } from "../errors.js";

/**
 * Loads a part of the client on its first use.
 *
 * @throws {HubError} when the file is gone, as after a new version of a page was deployed.
 */
export async function loadPart<T>(load: () => Promise<T>): Promise<T> {
  try {
    return await load();
  } catch (cause) {
    throw new HubError("a part of the client can't be loaded; if this page was redeployed meanwhile, reload it", {
      cause,
    });
  }
}
