// What signed URLs, headers and bodies call their secrets.
const names =
  "x-(?:amz|goog|xet)-[\\w-]+|sig|signature|policy|key-pair-id|hdn(?:ts|ea|tl)|__\\w+|" +
  "[\\w-]{0,20}(?:token|secret)";
// A name, then `=` or `:` as URLs, URLs inside of URLs, JSON and headers write them, then the value.
const parameter = new RegExp(
  `((?:\\b|%26|%3f|u0026|u003f)(?:(?:${names})(?:=|%3d|\\\\*u003d|\\\\*"\\s*:\\s*\\\\*")|x-(?:amz|goog|xet)-[\\w-]+: *))` +
    `((?:(?!%26)[^\\s&"'<>\\\\])+)`,
  "gi",
);
const authorization = /\b(bearer|basic) +[\w.~+/=-]{16,}/gi;
const credentials = /\/\/[^\s/?#@"'<>]{1,300}@/g;
// Those that this client has never sent included.
const hubToken = /\b(?:hf|api_org)_(?:(?:jwt|oauth)_[\w.-]{20,}|[A-Za-z0-9]{30,})/g;

/** The URL without signatures, tokens and credentials, fit for an error or a log; a text without those of its URLs. */
export const redactUrl = (url: string): string =>
  url.replace(hubToken, "***").replace(parameter, "$1***").replace(authorization, "$1 ***").replace(credentials, "//");

/** The values that `redactUrl` takes out of a URL, but for those that are too short to be secret. */
export function secretsOf(url: string): Set<string> {
  const values = Array.from(url.matchAll(parameter), ([, , value = ""]) => value);
  return new Set([...values, ...values.map(decoded)].filter((value) => /^[!-~]{12,}$/.test(value)));
}

function decoded(value: string): string {
  try {
    return decodeURIComponent(value);
  } catch {
    return value;
  }
}
