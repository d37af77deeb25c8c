import { HubInputError } from "../errors.js";
import { readEnvironment } from "../runtime.js";

type Variables = Readonly<Record<string, string | undefined>>;

/** What a Space with `hf_oauth: true` tells its app: a page by `window.huggingface`, a server by its environment. */
export function spaceVariables(): Variables {
  const { huggingface } = globalThis as { huggingface?: { variables?: Variables } };
  return huggingface?.variables ?? readEnvironment();
}

/** The id that the app was registered with. */
export function clientIdOr(given: string | undefined): string {
  const clientId = given ?? spaceVariables()["OAUTH_CLIENT_ID"];
  if (typeof clientId === "string" && clientId !== "") return clientId;
  const isSpace = spaceVariables()["SPACE_ID"] !== undefined || "huggingface" in globalThis;
  throw new HubInputError(
    isSpace
      ? "the Space has no OAuth app: add `hf_oauth: true` to the head of its README.md, or pass clientId"
      : "clientId is missing; it is what the app was registered with at https://huggingface.co/settings/applications",
  );
}
