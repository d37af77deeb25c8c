import { createHub, Hub, type HubOptions } from "../src/index.js";

/** What a sample creates a client of its own with, where `optionsFor` turns the sample's options into those of its world. */
export function clientsOf(optionsFor: (given: HubOptions) => HubOptions): {
  Hub: typeof Hub;
  createHub: typeof createHub;
} {
  return {
    Hub: class extends Hub {
      constructor(given: HubOptions = {}) {
        super(optionsFor(given));
      }
    },
    createHub: (namespaces, given = {}) => createHub(namespaces, optionsFor(given)),
  };
}
