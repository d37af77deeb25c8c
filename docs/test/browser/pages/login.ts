import { Hub } from "@hf-api/hub";
import { createLogin, handleRedirect, HubLoginError, loginToken, refreshLogin } from "@hf-api/hub/oauth";

/** A page that logs in: what it knows of its user is its text. */
const endpoint = document.documentElement.dataset["hub"] ?? "";
const show = (text: string): void => void (document.body.dataset["state"] = text);

const begin = async (): Promise<void> => {
  const clientId = "huggingface" in globalThis ? undefined : "browser-test";
  const { url } = await createLogin({ clientId, endpoint, scopes: "openid profile write-repos", state: "kept" });
  location.assign(url);
};

try {
  // Twice, as a component does that is mounted twice.
  const [login, again] = await Promise.all([handleRedirect(), handleRedirect()]);
  if (login === undefined) {
    const button = Object.assign(document.createElement("button"), { textContent: "Log in", onclick: begin });
    document.body.append(button);
    show("anonymous");
  } else {
    const renewed = await refreshLogin(login);
    const hub = new Hub({ endpoint, token: loginToken(renewed) });
    const { name } = await hub.auth.whoami();
    const isNew = renewed.accessToken !== login.accessToken;
    show(`${name} ${login.user?.preferred_username} ${login.state} ${login === again} ${isNew} ${login.clientId}`);
  }
} catch (error) {
  show(error instanceof HubLoginError ? `${error.code}: ${error.message}` : String(error));
}
