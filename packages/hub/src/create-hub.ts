import { HubInputError } from "./errors.js";
import { HubCore, type NamespaceClass } from "./hub-core.js";
import { Namespace } from "./namespace.js";
import type { HubOptions } from "./options.js";

/** A Hub that has the given namespaces alone. */
export type HubWith<Namespaces extends Record<string, NamespaceClass>> = HubCore & {
  readonly [Name in keyof Namespaces]: InstanceType<Namespaces[Name]>;
};

/**
 * Creates a Hub of some namespaces: a bundler leaves out all others. `new Hub(options)` has all of them.
 *
 * @throws {HubInputError} for a value that is no namespace class, and for options that cannot work.
 * @example
 * const hub = createHub({ models: Models, auth: Auth }, { token: process.env.HF_TOKEN });
 * const { name } = await hub.auth.whoami();
 */
export function createHub<Namespaces extends Record<string, NamespaceClass>>(
  namespaces: Namespaces,
  options?: HubOptions,
): HubWith<Namespaces> {
  return new PartialHub(namespaces, options) as HubCore as HubWith<Namespaces>;
}

class PartialHub extends HubCore {
  constructor(namespaces: Record<string, NamespaceClass>, options: HubOptions | undefined) {
    super(options);
    for (const [name, given] of Object.entries(namespaces)) {
      if (typeof given !== "function" || !(given.prototype instanceof Namespace)) {
        throw new HubInputError(
          `${name} is not a namespace class; pass classes first, as in createHub({ models: Models }, { token })`,
        );
      }
      if (name in this) throw new HubInputError(`a namespace can't be called ${name}; the hub has that already`);
      Object.defineProperty(this, name, { enumerable: true, get: () => this.namespace(given) });
    }
  }
}
