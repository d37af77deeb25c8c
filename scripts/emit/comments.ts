import { operationsOf, parametersOf, type Document, type Json, type JsonObject } from "../document/document.js";
import { viewOf } from "../document/schema-view.js";
import { walkSchemas } from "../document/walk-schemas.js";

/** What a format tells that name and type do not; nothing where `url`, `email` or a file's content speaks for itself. */
const formats: Readonly<Record<string, string>> = {
  "date-time": "A moment in ISO 8601, UTC.",
  date: "A day, as in `2026-01-31`.",
  uri: "",
  email: "",
  binary: "",
};

/**
 * Makes the generator print words as words: it writes a title without a tag in front. A format that nobody has put into
 * words is told in ours, and one that we do not know stays as it is.
 */
export function writeDescriptions(document: Document): void {
  for (const { operation } of operationsOf(document)) {
    for (const parameter of parametersOf(operation)) {
      const told = formatOf(parameter["schema"]);
      if (!isWords(parameter["description"]) && told !== undefined && told !== "") parameter["description"] = told;
    }
  }
  walkSchemas(document, (schema) => {
    const told = formatOf(schema);
    const words = isWords(schema["description"]) ? schema["description"] : told;
    if (words === undefined) return;
    if (told !== undefined) delete schema["format"];
    delete schema["description"];
    if (words !== "") schema["title"] = words;
  });
}

const isWords = (value: Json | undefined): value is string => typeof value === "string" && value !== "";

/** What there is to tell of a schema's format, if it has one that we know. */
function formatOf(schema: Json | undefined): string | undefined {
  const { members } = viewOf(schema);
  const [format] = members.map((member: JsonObject) => member["format"]);
  return members.length === 1 && typeof format === "string" && Object.hasOwn(formats, format)
    ? formats[format]
    : undefined;
}
