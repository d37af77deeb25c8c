import type { components, paths } from "./generated/schema.js";

export type Verb = "get" | "put" | "post" | "delete" | "patch";

// One table, looked up: recomputing a verb's routes where they are used costs the checker several times as much.
type RoutesByVerb = {
  [V in Verb]: { [P in keyof paths]: paths[P] extends Record<V, object> ? P : never }[keyof paths];
};

/** Every path that answers to a verb. */
export type Route<V extends Verb> = RoutesByVerb[V];

// Asking for any path, not for a `Route<V>`, spares those who only name a type the table above; a wrong verb is `never`.
// Each alias and each distribution that these types do without is spared for every input and result of the client.

/** The path parameters of an operation; `never` where it has none. */
export type PathParams<V extends Verb, P extends keyof paths> = paths[P][V] extends { parameters: { path: infer T } }
  ? T
  : never;

/** The query parameters of an operation; `never` where it has none. */
export type Query<V extends Verb, P extends keyof paths> = paths[P][V] extends { parameters: { query?: infer T } }
  ? T & {}
  : never;

/** The request body of an operation; `never` where it takes none. */
export type Body<V extends Verb, P extends keyof paths> = paths[P][V] extends { requestBody?: infer T }
  ? ContentOf<T>
  : never;

type ContentOf<T> = T extends { content: infer C } ? C[keyof C] : never;

type Success = 200 | 201 | 202 | 204 | 206 | 207 | "2XX";

type Answers<V extends Verb, P extends keyof paths> = paths[P][V] extends { responses: infer R }
  ? R[keyof R & Success]
  : never;

/** The media types of a successful answer. */
export type MediaType<V extends Verb, P extends keyof paths> =
  Answers<V, P> extends infer A ? (A extends { content: infer C } ? keyof C : never) : never;

/** What a successful answer holds; `void` where it holds nothing. */
export type Result<V extends Verb, P extends keyof paths> =
  Answers<V, P> extends infer A ? (A extends { content: infer C } ? C[keyof C] : void) : never;

/** A shape that the Hub uses in several answers, by its name. */
export type Schema<Name extends keyof components["schemas"]> = components["schemas"][Name];

// `never` is tested for as a tuple, else the conditional distributes over nothing.
type PathPart<T> = [T] extends [never] ? { path?: never } : { path: T };
type QueryPart<T> = [T] extends [never] ? { query?: never } : {} extends T ? { query?: T } : { query: T };
type BodyPart<O, T> = [T] extends [never]
  ? { body?: never }
  : O extends { requestBody: object }
    ? { body: T }
    : { body?: T };

/** Everything that one call of an operation takes, required exactly where the operation requires it. */
export type Parts<V extends Verb, P extends keyof paths> = PathPart<PathParams<V, P>> &
  QueryPart<Query<V, P>> &
  BodyPart<paths[P][V], Body<V, P>>;
