import { isObject, methods, operationsOf, type Document, type Method, type OperationAt } from "../document/document.js";
import { PipelineError } from "../cli/pipeline-error.js";
import { listing } from "../cli/quote.js";
import { attempt, refuseAtOnce, type Refuse } from "../cli/refusals.js";

interface OperationName {
  id: string;
  summary: string;
}

/** `spec/names.yaml`: path → method → name. */
export type Names = Record<string, Partial<Record<Method, OperationName>>>;

export interface NamedDocument {
  document: Document;
  /** Operations that the lock does not know yet, with the names they got. */
  provisional: { label: string; id: string }[];
}

/** Refuses a lock that is none; what a name is made of is looked at where it is given. */
export function checkNames(names: unknown): asserts names is Names {
  const refuse = (found: string): never => {
    throw new PipelineError(`spec/names.yaml ${found}.`);
  };
  if (!isObject(names)) return refuse("holds no names; take it from git, or start it anew with {}");
  for (const [path, byMethod] of Object.entries(names)) {
    if (!isObject(byMethod)) return refuse(`needs verbs with names under ${path}`);
    for (const [method, name] of Object.entries(byMethod)) {
      if (!(methods as readonly string[]).includes(method))
        refuse(`knows no verb ${method}, which stands under ${path}`);
      if (!isObject(name)) refuse(`needs an id and a summary for ${method.toUpperCase()} ${path}`);
    }
  }
}

/** Gives every operation its locked operationId and our summary. A lost operation is refused. */
export function nameOperations(source: Document, names: Names, refuse: Refuse = refuseAtOnce): NamedDocument {
  checkNames(names);
  const document = structuredClone(source);
  const labels = new Set<string>();
  const taken = new Map<string, string>();
  const provisional: NamedDocument["provisional"] = [];
  const claim = (id: string, label: string): void => {
    const other = taken.get(id);
    if (other !== undefined) {
      const advice = "give one of them another id under its path and verb in spec/names.yaml";
      throw new PipelineError(`${label} and ${other} would both be called ${id}; ${advice}.`);
    }
    taken.set(id, label);
  };
  checkAddresses(document, refuse);
  for (const { label, method, path, operation } of operationsOf(document)) {
    labels.add(label);
    const name = names[path]?.[method];
    if (name === undefined) {
      const id = provisionalId(method, path);
      provisional.push({ label, id });
      operation["operationId"] = id;
    } else {
      operation["operationId"] = name.id;
      operation["summary"] = name.summary;
    }
    attempt(refuse, () => {
      if (name !== undefined) checkName(label, name);
      claim(String(operation["operationId"]), label);
    });
  }
  const lost = Object.entries(names).flatMap(([path, byMethod]) =>
    Object.keys(byMethod)
      .map((method) => `${method.toUpperCase()} ${path}`)
      .filter((label) => !labels.has(label)),
  );
  if (lost.length > 0) {
    const advice = "If that is true, delete or move their lines in spec/names.yaml.";
    refuse(
      new PipelineError(
        `${lost.length} named operation(s) are gone from the document: ${listing(lost, 20)}. ${advice}`,
      ),
    );
  }
  return { document, provisional };
}

/** What a parameter is called makes no other address; two operations there are one, described twice. */
function checkAddresses(document: Document, refuse: Refuse): void {
  const known = new Map<string, OperationAt>();
  for (const at of operationsOf(document)) {
    if (at.operation["x-same-as"] !== undefined) continue;
    const address = at.label.replace(/\{[^}]*\}/g, "{}");
    const other = known.get(address);
    if (other !== undefined) attempt(refuse, () => refuseTwin(other, at));
    known.set(address, at);
  }
}

function refuseTwin(one: OperationAt, other: OperationAt): never {
  const [addition, upstream] = one.operation["x-hf-addition"] === undefined ? [other, one] : [one, other];
  if (addition.operation["x-hf-addition"] === undefined) {
    throw new PipelineError(
      `${one.label} and ${other.label} are one address; remove one of them in spec/overlay, or mark it with x-same-as.`,
    );
  }
  throw new PipelineError(
    `Upstream now describes ${addition.label}, as ${upstream.label}; remove the addition from spec/overlay and move its line in spec/names.yaml.`,
  );
}

function checkName(label: string, { id, summary }: OperationName): void {
  if (typeof id !== "string" || !/^[a-z][A-Za-z0-9]*$/.test(id)) {
    throw new PipelineError(
      `spec/names.yaml calls ${label} ${JSON.stringify(id)}; a name is camelCase letters and digits.`,
    );
  }
  if (typeof summary !== "string" || summary === "" || /`|\*\/|[\r\n]/.test(summary)) {
    throw new PipelineError(`spec/names.yaml needs one plain line of summary for ${label}, without backticks or */.`);
  }
}

/** The same operation gets the same name on every run, until a person gives it a better one. */
export function provisionalId(method: Method, path: string): string {
  const words = path
    .replace(/^\/api\//, "/")
    .split(/[^A-Za-z0-9{}]+/)
    .filter((word) => word !== "")
    .map((word) => (word.startsWith("{") ? `by-${word}` : word))
    .flatMap((word) => word.split(/[^A-Za-z0-9]+/))
    .filter((word) => word !== "")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1));
  return [method, ...words].join("");
}
