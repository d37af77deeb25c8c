import type { Answer } from "./answer.js";
import type { Call } from "./call.js";

export type Handler = (call: Call) => Answer | Promise<Answer>;

interface Route<H> {
  handler: H;
  /** The names of the path's parameters in order. */
  names: readonly string[];
}

export interface Match<H = Handler> {
  /** By method. */
  routes: ReadonlyMap<string, Route<H>>;
  /** The values of the path's parameters in order, still encoded. */
  values: readonly string[];
}

interface Node<H> {
  literals: Map<string, Node<H>>;
  parameter?: Node<H>;
  /** A last parameter that takes all remaining segments, such as a file's path. */
  rest?: Node<H>;
  routes: Map<string, Route<H>>;
}

/** Finds the handler of a path, or whatever else stands for one. Templates are written `/api/models/{namespace}/{repo}/tree/{rev}/{path...}`. */
export class Router<H = Handler> {
  readonly #root: Node<H> = createNode();

  add(method: string, template: string, handler: H): void {
    const segments = segmentsOf(template);
    const { routes } = segments.reduce<Node<H>>(step, this.#root);
    // The first one wins, so that what is generated never replaces what keeps state.
    if (routes.has(method)) return;
    routes.set(method, { handler, names: segments.flatMap((segment) => parameter.exec(segment)?.[1] ?? []) });
  }

  /** A literal segment wins over a parameter, and a parameter over a rest, whatever the order of registration. */
  match(segments: readonly string[]): Match<H> | undefined {
    return walk(this.#root, segments, 0, []);
  }
}

/** The segments of a path still encoded, so that `refs%2Fpr%2F1` stays one. */
export function segmentsOf(path: string): string[] {
  return path.split("/").slice(1);
}

const parameter = /^\{(\w+)(\.\.\.)?\}$/;

function createNode<H>(): Node<H> {
  return { literals: new Map(), routes: new Map() };
}

function step<H>(node: Node<H>, segment: string): Node<H> {
  const [isParameter, , isRest] = parameter.exec(segment) ?? [];
  if (isParameter) return (node[isRest ? "rest" : "parameter"] ??= createNode());
  let child = node.literals.get(segment);
  if (!child) node.literals.set(segment, (child = createNode()));
  return child;
}

function walk<H>(
  node: Node<H>,
  segments: readonly string[],
  depth: number,
  values: readonly string[],
): Match<H> | undefined {
  const segment = segments[depth];
  if (segment === undefined) return node.routes.size > 0 ? { routes: node.routes, values } : undefined;
  const literal = node.literals.get(segment);
  const found = literal && walk(literal, segments, depth + 1, values);
  if (found) return found;
  const taken = node.parameter && segment !== "" && walk(node.parameter, segments, depth + 1, [...values, segment]);
  if (taken) return taken;
  return node.rest && { routes: node.rest.routes, values: [...values, segments.slice(depth).join("/")] };
}
