import { Hub } from "../src/hub.js";

/** A method as programs call it, and the class whose doc comment speaks of it. */
export interface PublicMethod {
  /** Below `hub`, such as `models.files.list`. */
  method: string;
  definedBy: string;
}

/** Every method of every namespace, those of parent classes and of parts such as `files` included. */
export function publicMethods(): PublicMethod[] {
  const hub = new Hub({ token: null });
  return Object.entries(Object.getOwnPropertyDescriptors(Hub.prototype)).flatMap(([name, { get }]) => {
    const namespace: unknown = get?.call(hub);
    return isObject(namespace) && "transport" in namespace ? methodsBelow(namespace, name) : [];
  });
}

function methodsBelow(namespace: object, path: string): PublicMethod[] {
  const parts = Object.entries(namespace).filter(([name, part]) => name !== "transport" && isObject(part));
  return [
    ...methodsOf(namespace).map(({ name, definedBy }) => ({ method: `${path}.${name}`, definedBy })),
    ...parts.flatMap(([name, part]) => ("transport" in part ? methodsBelow(part, `${path}.${name}`) : [])),
  ];
}

function methodsOf(namespace: object): { name: string; definedBy: string }[] {
  const found = new Map<string, string>();
  for (let level = parentOf(namespace); level !== undefined; level = parentOf(level)) {
    for (const [name, { value }] of Object.entries(Object.getOwnPropertyDescriptors(level))) {
      // The class closest to the namespace has the last word.
      if (typeof value === "function" && name !== "constructor" && !found.has(name)) {
        found.set(name, level.constructor.name);
      }
    }
  }
  return Array.from(found, ([name, definedBy]) => ({ name, definedBy }));
}

function parentOf(value: object): object | undefined {
  const parent: unknown = Object.getPrototypeOf(value);
  return isObject(parent) && parent !== Object.prototype ? parent : undefined;
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

/** The names of those methods by their namespace, such as `models.files`, in the order of the sources. */
export function methodsByNamespace(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (const { method } of publicMethods()) {
    const end = method.lastIndexOf(".");
    const namespace = method.slice(0, end);
    found.set(namespace, [...(found.get(namespace) ?? []), method.slice(end + 1)]);
  }
  return found;
}
