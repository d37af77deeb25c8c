import { invalid } from "../fields.js";

export function fromBase64(text: string): Uint8Array {
  try {
    return Uint8Array.from(atob(text), (character) => character.charCodeAt(0));
  } catch {
    throw invalid("Invalid base64", "content");
  }
}
