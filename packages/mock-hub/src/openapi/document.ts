/** The parts of an OpenAPI 3.1 document that the generated answers are made from. */
export interface OpenApiDocument {
  readonly paths: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly components?: {
    readonly schemas?: Readonly<Record<string, Schema>>;
    readonly responses?: Readonly<Record<string, DocumentedResponse>>;
  };
}

export interface DocumentedResponse {
  readonly $ref?: string;
  readonly content?: Content;
}

export interface Operation {
  readonly operationId?: string;
  readonly security?: readonly unknown[];
  readonly parameters?: readonly Parameter[];
  readonly requestBody?: { readonly required?: boolean; readonly content: Content };
  readonly responses?: Readonly<Record<string, DocumentedResponse | undefined>>;
  /** The JSON behind each event, for which OpenAPI has no word. */
  readonly "x-event-stream"?: { readonly data?: Schema };
}

export interface Parameter {
  readonly name: string;
  readonly in: "path" | "query" | "header" | "cookie";
  readonly required?: boolean;
  readonly schema?: Schema;
  /** Set on path parameters that hold a whole file path. */
  readonly "x-multi-segment"?: boolean;
}

export type Content = Readonly<Record<string, { readonly schema?: Schema }>>;

/** The subset of JSON Schema that the Hub's document uses. */
export interface Schema {
  readonly $ref?: string;
  readonly type?: string | readonly string[];
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly anyOf?: readonly Schema[];
  readonly oneOf?: readonly Schema[];
  readonly allOf?: readonly Schema[];
  readonly not?: Schema;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly required?: readonly string[];
  readonly additionalProperties?: boolean | Schema;
  readonly propertyNames?: Schema;
  readonly items?: Schema;
  readonly prefixItems?: readonly Schema[];
  readonly minItems?: number;
  readonly maxItems?: number;
  readonly pattern?: string;
  readonly format?: string;
  readonly minLength?: number;
  readonly maxLength?: number;
  readonly minimum?: number;
  readonly maximum?: number;
  readonly exclusiveMinimum?: number;
}

const methods = ["get", "post", "put", "patch", "delete"] as const;

export interface FoundOperation {
  method: string;
  /** As the document writes it. */
  path: string;
  operation: Operation;
}

export function operationsOf(document: OpenApiDocument): FoundOperation[] {
  return Object.entries(document.paths).flatMap(([path, item]) =>
    methods.flatMap((method) => {
      const operation = item[method] as Operation | undefined;
      return operation ? [{ method: method.toUpperCase(), path, operation }] : [];
    }),
  );
}

/** Follows a reference into the document's components. */
export function resolveSchema(schema: Schema, document: OpenApiDocument): Schema {
  let current = schema;
  while (current.$ref !== undefined) {
    const name = current.$ref.split("/").at(-1) ?? "";
    const target = document.components?.schemas?.[name];
    if (!target) throw new Error(`The document has no schema ${current.$ref}`);
    current = target;
  }
  return current;
}
