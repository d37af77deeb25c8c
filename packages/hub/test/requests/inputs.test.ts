import document from "@hf-api/raw/openapi.json" with { type: "json" };
import { operations, type OperationId } from "@hf-api/raw/operations";
import { beforeAll, describe, expect, it } from "vitest";
import type { Hub } from "../../src/hub.js";
import { record } from "../servers/recording-hub.js";
import { additions, unknownNames } from "./input-names.js";
import { closedInputs, inputsElsewhere, isMethod, type ClosedInput } from "./inputs.js";
import { allRows } from "./rows.js";

interface Schema {
  $ref?: string;
  properties?: Record<string, Schema>;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
}

interface Operation {
  parameters?: { name: string; in: string }[];
  requestBody?: { content: Record<string, { schema?: Schema }> };
}

/** A parameter or body property of an operation that a method calls. */
interface Taken {
  method: string;
  operation: OperationId;
  name: string;
}

const documented = (id: OperationId): Operation => {
  const { method, path } = operations[id];
  return (document.paths as unknown as Record<string, Record<string, Operation>>)[path]?.[method] ?? {};
};

function propertiesOf(schema: Schema | undefined): string[] {
  const { $ref: reference, properties = {}, anyOf = [], oneOf = [], allOf = [] } = schema ?? {};
  const named = (document.components.schemas as Record<string, Schema>)[reference?.split("/").at(-1) ?? ""];
  return [
    ...Object.keys(properties),
    ...[...anyOf, ...oneOf, ...allOf, ...(named === undefined ? [] : [named])].flatMap(propertiesOf),
  ];
}

const bodiesOf = ({ requestBody }: Operation): (Schema | undefined)[] =>
  Object.entries(requestBody?.content ?? {}).flatMap(([type, { schema }]) =>
    /[/+]json$|urlencoded$/.test(type) ? [schema] : [],
  );

/** What the operation takes besides its path, which the compiler demands of each call. */
const namesOf = (operation: Operation): string[] => [
  ...new Set([
    ...(operation.parameters ?? []).filter((parameter) => parameter.in !== "path").map(({ name }) => name),
    ...bodiesOf(operation).flatMap(propertiesOf),
  ]),
];

const pairs = [...new Map(allRows.map((row) => [`${row.method} ${row.operation}`, row])).values()].map(
  ({ method, operation }) => ({ method, operation }),
);

const partsOf = (id: OperationId): ("query" | "body")[] => {
  const operation = documented(id);
  const takesQuery = operation.parameters?.some((parameter) => parameter.in === "query") === true;
  return [...(takesQuery ? ["query" as const] : []), ...(bodiesOf(operation).length > 0 ? ["body" as const] : [])];
};
interface Part {
  method: string;
  operation: OperationId;
  part: "query" | "body";
}
const parts: Part[] = pairs.flatMap((pair) => partsOf(pair.operation).map((part) => ({ ...pair, part })));
const isOf = (entry: ClosedInput, { method, operation, part }: Part): boolean =>
  entry.part === part &&
  (entry.operation ?? operation) === operation &&
  entry.methods.some((pattern) => isMethod(pattern, method));

const elsewhere = ({ method, name }: Taken) =>
  inputsElsewhere.find(({ methods, names }) => names.includes(name) && methods.some((it) => isMethod(it, method)));

let unknown: Set<string>;
const isUnknown = ({ method, name }: { method: string; name: string }): boolean => unknown.has(`${method} ${name}`);
const taken: Taken[] = pairs.flatMap((pair) => namesOf(documented(pair.operation)).map((name) => ({ ...pair, name })));

beforeAll(async () => {
  const renamed = taken.flatMap((it) => {
    const entry = elsewhere(it);
    return entry !== undefined && "as" in entry ? [{ ...it, name: entry.as }] : [];
  });
  const future = parts.map((it) => ({ ...it, name: additions[it.part] }));
  const found = await unknownNames([...taken, ...renamed, ...future]);
  unknown = new Set(found.map(({ method, name }) => `${method} ${name}`));
}, 120_000);

describe("what an operation takes, the input of its methods takes", () => {
  it("by the same name, or it is said why not", () => {
    const missing = taken.filter((it) => isUnknown(it) && elsewhere(it) === undefined);
    expect(missing.map(({ method, operation, name }) => `${method}: ${name} of ${operation}`)).toEqual([]);
  });

  it("by the name that is said, where it has another", () => {
    const wrong = taken.flatMap((it) => {
      const entry = elsewhere(it);
      return entry !== undefined && "as" in entry && isUnknown({ ...it, name: entry.as }) ? [{ ...it, entry }] : [];
    });
    expect(wrong.map(({ method, name, entry }) => `${method}: ${name} as ${entry.as}`)).toEqual([]);
  });

  it("and nothing is said of a name that needs no word", () => {
    const needed = new Set(taken.filter(isUnknown).map(elsewhere));
    expect(inputsElsewhere.filter((entry) => !needed.has(entry))).toEqual([]);
  });
});

describe("what an operation will take one day", () => {
  const sent = new Set<string>();
  const isKnown = ({ method, part }: Part): boolean => !isUnknown({ method, name: additions[part] });
  const isSent = ({ method, operation, part }: Part): boolean => sent.has(`${method} ${operation} ${part}`);
  const open = parts.filter((it) => !closedInputs.some((entry) => isOf(entry, it)));
  const inWords = ({ method, operation, part }: Part): string => `${method}: ${part} of ${operation}`;

  beforeAll(async () => {
    for (const row of allRows) {
      for (const { target, body } of await record({ ...row, call: (hub) => row.call(withAdditions(hub)) })) {
        if (target.includes(`${additions.query}=x`)) sent.add(`${row.method} ${row.operation} query`);
        if (body?.includes(additions.body) === true) sent.add(`${row.method} ${row.operation} body`);
      }
    }
  });

  it("the inputs of its methods take without a hand, or it is said why not", () => {
    expect(open.filter((it) => !isKnown(it)).map(inWords)).toEqual([]);
  });

  it("its methods send without a hand, or it is said why not", () => {
    expect(open.filter((it) => !isSent(it)).map(inWords)).toEqual([]);
  });

  it("and nothing is said of a method that takes and sends it", () => {
    const lost = parts.filter((it) => !isKnown(it) || !isSent(it));
    expect(closedInputs.filter((entry) => !lost.some((it) => isOf(entry, it)))).toEqual([]);
  });
});

/** The same hub; what is given to a method gains what its operation may take one day. */
function withAdditions(hub: Hub): Hub {
  const wrap = <T extends object>(namespace: T): T =>
    new Proxy(namespace, {
      get(target, key): unknown {
        const value: unknown = Reflect.get(target, key, target);
        if (typeof value === "object" && value !== null && "transport" in value) return wrap(value);
        if (typeof value !== "function") return value;
        return (input: object | undefined, ...others: unknown[]): unknown =>
          Reflect.apply(value, target, [{ ...input, [additions.query]: "x", [additions.body]: "x" }, ...others]);
      },
    });
  // The namespaces are getters of the hub; it is none itself.
  return new Proxy(hub, {
    get(target, key): unknown {
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === "object" && value !== null && "transport" in value ? wrap(value) : value;
    },
  });
}
