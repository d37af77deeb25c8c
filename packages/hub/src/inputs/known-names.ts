import { HubInputError } from "../errors.js";

/**
 * Refuses fields that nobody would read.
 *
 * @throws {HubInputError} which names the known field that is meant, or all of them.
 */
export function checkNames(given: object, known: readonly string[]): void {
  for (const name of Object.keys(given)) {
    // JSON can have a field of this name. Nobody reads it.
    if (known.includes(name) || name === "__proto__") continue;
    const meant = known.find((it) => isLike(name.toLowerCase(), it.toLowerCase()));
    const advice = meant === undefined ? `expected ${known.join(", ")}` : `did you mean ${meant}?`;
    throw new HubInputError(`unknown option ${name.slice(0, 40)}; ${advice}`);
  }
}

/** Whether a name contains a known one, or has at most two letters more or less, whatever their order. */
function isLike(name: string, known: string): boolean {
  const odd = (one: string, other: string): number => [...one].filter((letter) => !other.includes(letter)).length;
  return name.includes(known) || odd(name, known) + odd(known, name) < 3;
}
