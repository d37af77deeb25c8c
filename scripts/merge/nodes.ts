import { isObject, type Json, type JsonObject } from "../document/document.js";

/** Where an object stands: `holder[key]` is the node. */
export interface Slot {
  holder: JsonObject | Json[];
  key: string | number;
  node: JsonObject;
}

/** All objects of a document with their slots, kept true while some of them are replaced: walking anew is slow. */
export class Nodes {
  readonly #slots = new Map<JsonObject, Slot>();

  constructor(document: JsonObject) {
    this.#enter(document);
  }

  those(fits: (node: JsonObject) => boolean): Slot[] {
    const found: Slot[] = [];
    for (const slot of this.#slots.values()) if (fits(slot.node)) found.push(slot);
    return found;
  }

  add(holder: JsonObject, key: string, node: JsonObject): void {
    holder[key] = node;
    this.#slots.set(node, { holder, key, node });
    this.#enter(node);
  }

  replace({ holder, key, node }: Slot, by: JsonObject): void {
    this.#leave(node);
    // The index of a list is a key as well; both kinds of holders are written alike.
    (holder as JsonObject)[key] = by;
  }

  #enter(holder: JsonObject | Json[]): void {
    const members: Iterable<[string | number, Json]> = Array.isArray(holder)
      ? holder.entries()
      : Object.entries(holder);
    for (const [key, member] of members) {
      if (isObject(member)) this.#slots.set(member, { holder, key, node: member });
      if (typeof member === "object" && member !== null) this.#enter(member);
    }
  }

  #leave(value: Json): void {
    if (typeof value !== "object" || value === null) return;
    if (isObject(value)) this.#slots.delete(value);
    for (const member of Array.isArray(value) ? value : Object.values(value)) this.#leave(member);
  }
}
