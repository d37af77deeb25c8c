import { format, type Options } from "prettier";
import ts from "typescript";
import { PipelineError } from "../cli/pipeline-error.js";
import { operationsOf, type Document, type Json, type OperationAt } from "../document/document.js";
import { addElement, addImports, addMember, addTypes } from "./edits.js";
import { factsOf, type Facts } from "./facts.js";
import type { KnownCall } from "./known-calls.js";
import { methodName, sharedWords } from "./method-names.js";
import { methodText } from "./method-text.js";
import { pathInputsFor, type PathInputs } from "./path-inputs.js";
import { commonSegments, findNamespace, groupFamilies, type KnownOperation, type Place } from "./place.js";
import { leastCall, listCaseText, rowText, shownCall, usualValue } from "./row-text.js";
import { baseOf, methodsOf, nameOf, SourceTree, type Declared, type Sources } from "./source-tree.js";
import { typesFor, type Import } from "./types.js";

/** A method that was written. */
export interface Grown {
  /** The operations that it calls. */
  operations: string[];
  /** As programs call it, by each kind of repositories where it is written once for several. */
  methods: string[];
  /** Its class's file, from the root of the package. */
  file: string;
}

export interface Scaffolded {
  /** The files of the package that changed, formatted. */
  files: Map<string, string>;
  grown: Grown[];
  /** What a person has to write, and why. */
  left: { operation: string; reason: string }[];
}

const style: Options = { printWidth: 120, parser: "typescript" };

/** Writes a method for each of the operations, with all that goes with one; of each method everything or nothing. */
export async function scaffold(
  document: Document,
  ids: readonly string[],
  sources: Sources,
  calls: readonly KnownCall[],
): Promise<Scaffolded> {
  const all = [...operationsOf(document)];
  const byId = new Map(all.map((at) => [String(at.operation["operationId"]), at]));
  const known = calls.flatMap((call): KnownOperation[] => {
    const at = byId.get(call.operation);
    return at === undefined ? [] : [{ ...call, at }];
  });
  const called = new Set(known.map(({ operation }) => operation));
  const wanted = ids.filter((id) => !called.has(id)).flatMap((id) => byId.get(id) ?? []);
  let current: Sources = new Map(sources);
  const result: Scaffolded = { files: new Map(), grown: [], left: [] };
  for (const { members, place } of groupFamilies(wanted)) {
    const draft: Sources = new Map(current);
    try {
      result.grown.push(
        await grow(
          document,
          members,
          place ?? { kind: "namespace", namespace: findNamespace(members[0] as OperationAt, known) },
          draft,
          known,
        ),
      );
      current = draft;
    } catch (error) {
      if (!(error instanceof PipelineError)) throw error;
      for (const { operation } of members) {
        result.left.push({ operation: String(operation["operationId"]), reason: error.message });
      }
    }
  }
  for (const [file, text] of current) if (text !== sources.get(file)) result.files.set(file, text);
  return result;
}

const nouns = { models: "Model", datasets: "Dataset", spaces: "Space" } as const;
type Kind = keyof typeof nouns;

async function grow(
  document: Document,
  members: readonly OperationAt[],
  place: Place,
  draft: Sources,
  known: readonly KnownOperation[],
): Promise<Grown> {
  const tree = new SourceTree(draft);
  const all = members.map((at) => factsOf(document, at));
  const [facts] = all as [Facts, ...Facts[]];
  const kinds = (Object.keys(nouns) as Kind[]).slice(0, members.length);
  const isFamily = place.kind === "family";
  const family = isFamily ? familyName(all, kinds) : undefined;
  const namespace = isFamily ? "models" : place.namespace;
  const home = isFamily ? classOf(tree, place.className) : homeOf(tree, namespace, facts, known);
  const beside = known.filter(({ method }) => method.startsWith(`${namespace}.`));
  const shared = sharedWords(beside.map(({ at }) => at.path));
  const name = methodName(facts.id, isFamily ? ["Model"] : [namespace, ...shared]);
  checkFree(tree, isFamily ? kinds : [namespace], name);

  const inputs = pathInputsFor(facts, home.node, beside, tree);
  const typeId = family === undefined ? facts.id : family.replace("Repo", "");
  const types = typesFor(facts, typeId, inputs, tree);
  const comments = commentsOf(home.text);
  const every = tree.files.map((file) => commentsOf(draft.get(file) ?? "")).join("\n");
  const example = {
    ...placeOfExample(inputs, tree, [comments, every]),
    ...leastCall(document, facts, inputs, [comments, every]),
  };
  const text = await methodIn(methodText(facts, inputs, types, { name, isFamily, namespace, example }));

  const edit = (file: string, change: (text: string) => string): void => {
    const before = draft.get(file);
    if (before === undefined) throw new PipelineError(`${file} is not there; write the method by hand.`);
    draft.set(file, change(before));
  };
  const typesFile = isFamily && place.className === "RepoNamespace" ? "src/repos/repo-types.ts" : home.file;
  edit(typesFile, (before) => addImports(addTypes(before, types.interfaces), typesFile, types.ofInterfaces));
  const brought = types.interfaces.map((it): Import => ({
    name: /^export \w+ (\w+)/.exec(it)?.[1] ?? "",
    from: typesFile,
  }));
  const paged = (line: Import): Import[] => (facts.isPaged ? [line] : []);
  const ofMethod = [
    ...types.ofMethod,
    ...brought,
    { name: "RequestOptions", from: "src/options.ts" },
    ...paged({ name: "Pages", from: "src/lists/pages.ts" }),
    ...paged({ name: "linkedPages", from: "src/lists/loaders.ts" }),
    ...(text.includes("listCall(") ? [{ name: "listCall", from: "src/lists/list-input.ts" }] : []),
  ];
  let after: string | undefined;
  edit(home.file, (before) => {
    const added = addMember(before, home.node.name?.text ?? "", text.trimEnd());
    after = added.after;
    return addImports(added.text, home.file, ofMethod);
  });

  const rowsFile = isFamily
    ? `test/requests/rows/${place.className === "RepoNamespace" ? "repo" : "gated-repo"}-namespace.ts`
    : rowsOf(draft, namespace);
  const shown = shownCall(document, facts, inputs, [draft.get(rowsFile) ?? ""]);
  const where = { namespace, method: name, ...(family === undefined ? {} : { family }) };
  const owner = !isFamily ? "rows" : place.className === "RepoNamespace" ? "repoRows" : "gatedRepoRows";
  edit(rowsFile, (before) => addElement(before, owner, rowText(facts, where, shown)));
  const listFile = "test/lists/list-cases.ts";
  if (facts.isPaged) {
    const listOwner = !isFamily ? "listCases" : place.className === "RepoNamespace" ? "repoLists" : "gatedLists";
    edit(listFile, (before) => addElement(before, listOwner, listCaseText(facts, where, shown)));
  }
  const namespaces = isFamily ? kinds : [namespace];
  for (const one of namespaces) edit("llms.txt", (before) => addToLine(before, one, name, after));
  for (const file of new Set([typesFile, home.file, rowsFile, ...(facts.isPaged ? [listFile] : [])])) {
    draft.set(file, await format(draft.get(file) ?? "", style));
  }
  return {
    operations: all.map(({ id }) => id),
    methods: namespaces.map((one) => `hub.${one}.${name}`),
    file: home.file,
  };
}

/** The rows of a family name its operations after their kind. */
function familyName(all: readonly Facts[], kinds: readonly Kind[]): string {
  const [name, ...others] = all.map(({ id }, index) => {
    const noun = nouns[kinds[index] ?? "models"];
    return id.includes(noun) ? id.replace(noun, "Repo") : undefined;
  });
  if (name === undefined || others.some((other) => other !== name)) {
    const ids = all.map(({ id }) => id).join(", ");
    throw new PipelineError(
      `${ids} are one family, and their names do not say so; give them parallel ones in spec/names.yaml.`,
    );
  }
  return name;
}

function classOf(tree: SourceTree, name: string): Declared<ts.ClassDeclaration> {
  const found = tree.findClass(name);
  if (found === undefined) throw new PipelineError(`There is no class ${name}; write the method by hand.`);
  return found;
}

/** The classes that a namespace is made of, its own first. */
function classesOf(tree: SourceTree, namespace: string): Declared<ts.ClassDeclaration>[] {
  const text = tree.parse("src/hub.ts")?.text ?? "";
  const found: Declared<ts.ClassDeclaration>[] = [];
  let name = new RegExp(`get ${namespace}\\(\\): (\\w+)`).exec(text)?.[1];
  while (name !== undefined && name !== "Namespace") {
    const declared = classOf(tree, name);
    found.push(declared);
    name = baseOf(declared.node);
  }
  return found;
}

/** The class of a namespace that has the nearest method, among those that no other namespace shares. */
function homeOf(
  tree: SourceTree,
  namespace: string,
  facts: Facts,
  known: readonly KnownOperation[],
): Declared<ts.ClassDeclaration> {
  const classes = classesOf(tree, namespace);
  const texts = tree.files.map((file) => tree.parse(file)?.text ?? "");
  const isOwn = ({ node }: Declared<ts.ClassDeclaration>): boolean =>
    texts.filter((text) => new RegExp(` extends ${node.name?.text} \\{`).test(text)).length <= 1;
  const own = classes
    .slice(0, 1)
    .concat(classes.slice(1).filter((it) => isOwn(it) && !it.file.startsWith("src/repos/")));
  const near = known
    .filter(({ method }) => method.startsWith(`${namespace}.`))
    .sort((a, b) => commonSegments(facts.path, b.at.path) - commonSegments(facts.path, a.at.path));
  for (const { method } of near) {
    const home = own.find(({ node }) => methodsOf(node).some((it) => nameOf(it) === method.split(".")[1]));
    if (home !== undefined) return home;
  }
  const [first] = own;
  if (first === undefined) throw new PipelineError(`There is no class of hub.${namespace}; write the method by hand.`);
  return first;
}

function checkFree(tree: SourceTree, namespaces: readonly string[], name: string): void {
  for (const namespace of namespaces) {
    const members = classesOf(tree, namespace).flatMap(({ node }) => node.members.map((it) => it.name?.getText()));
    if (members.includes(name) || name in Object.prototype || name === "transport") {
      throw new PipelineError(`hub.${namespace}.${name} is taken; give the operation another id in spec/names.yaml.`);
    }
  }
}

const commentsOf = (text: string): string => Array.from(text.matchAll(/^ *\* (.*)$/gm), ([, line]) => line).join("\n");

/** The object that the examples around a method speak of. What may be left out is. */
function placeOfExample({ given, base }: PathInputs, tree: SourceTree, texts: readonly string[]): Record<string, Json> {
  const members = base === undefined ? [] : [...(tree.findInterface(base)?.node.members ?? [])];
  const optional = new Set(
    members
      .filter((it) => ts.isPropertySignature(it) && it.questionToken !== undefined)
      .map((it) => it.name?.getText()),
  );
  return Object.fromEntries(
    Object.entries(given).flatMap(([name, value]) => {
      if (optional.has(name)) return [];
      const usual = texts
        .map((text) => usualValue(text, name, (it) => typeof it === typeof value && isOwnObject(it)))
        .find((it) => it !== undefined);
      return [[name, usual ?? (value as Json)]];
    }),
  );
}

/** What is of somebody else can be read, and may not be changed; examples of the one who calls work for both. */
const isOwnObject = (value: Json): boolean =>
  typeof value !== "string" || !value.includes("/") || /^(me|my-org)\//.test(value);

function rowsOf(draft: Sources, namespace: string): string {
  const file = [...draft.keys()].find(
    (it) => it.startsWith("test/requests/rows/") && (draft.get(it) ?? "").includes(`method: "${namespace}.`),
  );
  if (file === undefined) throw new PipelineError(`No file of rows is of hub.${namespace}; write the method by hand.`);
  return file;
}

/** Formats a method, and the example in its comment as code of its own. */
async function methodIn(text: string): Promise<string> {
  const lines = text.split("\n");
  const at = lines.indexOf("   * @example") + 1;
  const code = (lines[at] ?? "").slice("   * ".length);
  const formatted = (await format(code, { ...style, printWidth: 120 - "   * ".length })).trimEnd().split("\n");
  return [...lines.slice(0, at), ...formatted.map((line) => `   * ${line}`), ...lines.slice(at + 1)].join("\n");
}

/** The line of a namespace in the list of all methods, which is in the order of the sources. */
function addToLine(text: string, namespace: string, name: string, after: string | undefined): string {
  return text.replace(new RegExp(`^- ${namespace}: (.*)$`, "m"), (_, list: string) => {
    const names = list.split(", ");
    const at = after === undefined ? -1 : names.indexOf(after);
    return `- ${namespace}: ${(at === -1 ? [...names, name] : names.toSpliced(at + 1, 0, name)).join(", ")}`;
  });
}
