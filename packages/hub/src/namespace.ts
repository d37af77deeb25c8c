import type { Transport } from "./transport/transport.js";

/** A part of the Hub's API, as `hub.<name>` offers it. */
export abstract class Namespace {
  protected readonly transport: Transport;

  constructor(transport: Transport) {
    this.transport = transport;
  }
}
