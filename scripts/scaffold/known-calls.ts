import { join } from "node:path";
import { pathToFileURL } from "node:url";

/** A call that a row of the request tests makes, and what it must send. */
export interface KnownCall {
  /** Below `hub`, such as `models.list`. */
  method: string;
  /** The operationId. */
  operation: string;
  /** Verb, path and query. */
  request: string;
  input: unknown;
}

interface Row {
  method: string;
  operation: string;
  request: string;
  call: (hub: unknown) => unknown;
}

/** The rows of the request tests, with what their calls are given. */
export async function readKnownCalls(root: string): Promise<KnownCall[]> {
  const file = join(root, "packages/hub/test/requests/rows.ts");
  const { allRows } = (await import(pathToFileURL(file).href)) as { allRows: readonly Row[] };
  return allRows.map(({ method, operation, request, call }) => ({
    method,
    operation,
    request,
    input: givenTo(call),
  }));
}

/** Makes a call of a hub that only looks at what it is given. */
function givenTo(call: Row["call"]): unknown {
  let given: unknown;
  let isFirst = true;
  const silent: object = new Proxy(() => undefined, {
    get: (_, name): unknown => (name === "then" || typeof name === "symbol" ? undefined : silent),
    apply: (_target, _self, [input]: unknown[]) => {
      if (isFirst) given = input;
      isFirst = false;
      return silent;
    },
  });
  try {
    const result = call(silent);
    if (result instanceof Promise) result.catch(() => undefined);
  } catch {
    // What it was given is known by now.
  }
  return given;
}
