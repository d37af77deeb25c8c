import type { Answer } from "./answer.js";
import type { Call } from "./call.js";

export type Handler = (call: Call) => Answer | Promise<Answer>;

interface Route {
  handler: Handler;
  /** The names of the path's parameters in order. */
  names: readonly string[];
}

export interface Match {
  /** By method. */
  routes: ReadonlyMap<string, Route>;
  /** The values of the path's parameters in order, still encoded. */
  values: readonly string[];
}

interface Node {
  literals: Map<string, Node>;
  parameter?: Node;
  /** A last parameter that takes all remaining segments, such as a file's path. */
  rest?: Node;
  routes: Map<string, Route>;
}

/** Finds the handler of a path. Templates are written `/api/models/{namespace}/{repo}/tree/{rev}/{path...}`. */
export class Router {
  readonly #root: Node = createNode();

  add(method: string, template: string, handler: Handler): void {
    const segments = segmentsOf(template);
    const { routes } = segments.reduce(step, this.#root);
    // The first one wins, so that what is generated never replaces what keeps state.
    if (routes.has(method)) return;
    routes.set(method, { handler, names: segments.flatMap((segment) => parameter.exec(segment)?.[1] ?? []) });
  }

  /** A literal segment wins over a parameter, and a parameter over a rest, whatever the order of registration. */
  match(segments: readonly string[]): Match | undefined {
    return walk(this.#root, segments, 0, []);
  }
}

/** The segments of a path still encoded, so that `refs%2Fpr%2F1` stays one. */
export function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

const parameter = /^\{(\w+)(\.\.\.)?\}$/;

function createNode(): Node {
  return { literals: new Map(), routes: new Map() };
}

function step(node: Node, segment: string): Node {
  const [isParameter, , isRest] = parameter.exec(segment) ?? [];
  if (isParameter) return (node[isRest ? "rest" : "parameter"] ??= createNode());
  let child = node.literals.get(segment);
  if (!child) node.literals.set(segment, (child = createNode()));
  return child;
}

function walk(node: Node, segments: readonly string[], depth: number, values: readonly string[]): Match | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.routes.size > 0 ? { routes: node.routes, values } : undefined;
  const literal = node.literals.get(segment);
  const found = literal && walk(literal, segments, depth + 1, values);
  if (found) return found;
  const taken = node.parameter && segment !== "" && walk(node.parameter, segments, depth + 1, [...values, segment]);
  if (taken) return taken;
  return node.rest && { routes: node.rest.routes, values: [...values, segments.slice(depth).join("/")] };
}
