import { HubInputError } from "../errors.js";
import { environmentVariable } from "../runtime.js";

type Variables = Readonly<Record<string, string | undefined>>;

/** What a Space with `hf_oauth: true` tells its app: a page by `window.huggingface`, a server by its environment. */
export function spaceVariable(name: string): string | undefined {
  const { huggingface } = globalThis as { huggingface?: { variables?: Variables } };
  return huggingface?.variables === undefined ? environmentVariable(name) : huggingface.variables[name];
}

/** The id that the app was registered with. */
export function clientIdOr(given: string | undefined): string {
  const clientId = given ?? spaceVariable("OAUTH_CLIENT_ID");
  if (typeof clientId === "string" && clientId !== "") return clientId;
  const isSpace = spaceVariable("SPACE_ID") !== undefined || "huggingface" in globalThis;
  throw new HubInputError(
    isSpace
      ? "the Space has no OAuth app: add `hf_oauth: true` to the head of its README.md, or pass clientId"
      : "clientId is missing; it is what the app was registered with at https://huggingface.co/settings/applications",
  );
}
