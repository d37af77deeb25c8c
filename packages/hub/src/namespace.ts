import type { Identity } from "./identity.js";
import type { Transport } from "./transport/transport.js";

/** A part of the Hub's API, as `hub.<name>` offers it. */
export abstract class Namespace {
  protected readonly transport: Transport;
  /** Whose it is where the caller names no owner. */
  protected readonly identity: Identity;

  constructor(transport: Transport, identity: Identity) {
    this.transport = transport;
    this.identity = identity;
  }
}
