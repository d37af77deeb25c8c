import type { OperationId } from "@hf-api/raw/operations";

/** What the site tells of one method. */
export interface MethodReference {
  /** Below `hub`, such as `models.files.list`. */
  name: string;
  /** The first sentences, up to the first tag of the doc comment. */
  text: string;
  /** Why not to use it any more, and what to use instead. */
  deprecated: string | undefined;
  throws: readonly string[];
  remarks: readonly string[];
  signatures: readonly string[];
  input: TypeReference | undefined;
  result: TypeReference;
  sample: string;
  operations: readonly OperationId[];
}

export interface TypeReference {
  text: string;
  doc: string;
  members: readonly Member[];
}

export interface Member {
  name: string;
  type: string;
  isOptional: boolean;
  doc: string;
}

export interface NamespaceReference {
  name: string;
  text: string;
  methods: readonly MethodReference[];
  /** The named types inside of what the methods take and give. */
  types: readonly TypeReference[];
}

/** A class or function that the package exports beside the namespaces. */
export interface ExportReference {
  name: string;
  /** Where it is imported from. */
  entry: string;
  /** Of a function. */
  signature: string | undefined;
  text: string;
  sample: string | undefined;
  members: readonly Member[];
}

export interface Reference {
  namespaces: readonly NamespaceReference[];
  exports: readonly ExportReference[];
}
