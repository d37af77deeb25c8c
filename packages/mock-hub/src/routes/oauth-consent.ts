import { text, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import type { Fields } from "../http/fields.js";
import { optionalText } from "../http/fields.js";
import { escape, page } from "../http/page.js";
import type { Router } from "../http/router.js";
import { formOrJson } from "./oauth.js";
import { scopes } from "./oauth-scopes.js";

/** The page on which a user decides whether an app may act in their name. */
export function addOAuthConsentRoutes(router: Router): void {
  router.add("GET", "/oauth/authorize", (call) => {
    const asked = readRequest(call, Object.fromEntries(call.query));
    return typeof asked === "string" ? refusal(asked) : page(`Log in to ${asked.app}`, consentPage(call, asked), style);
  });
  router.add("POST", "/oauth/authorize", decide);
}

interface AuthorizationRequest {
  /** The fields as they were sent, which the form sends again. */
  fields: Fields;
  clientId: string;
  /** What the app calls itself. */
  app: string;
  redirectUri: URL;
  scope: string;
}

/** The request of an app, or why it is none. Nobody is redirected then: the address may be a stranger's. */
function readRequest({ world: { oauth } }: Call, fields: Fields): AuthorizationRequest | string {
  const clientId = optionalText(fields, "client_id");
  const redirect = optionalText(fields, "redirect_uri") ?? "";
  if (!clientId) return "client_id is missing: it is what the app was registered with.";
  if (optionalText(fields, "response_type") !== "code") return "response_type has to be code.";
  if (!URL.canParse(redirect)) return "redirect_uri is missing, or not a URL.";
  const redirectUri = new URL(redirect);
  if (!/^https?:$/.test(redirectUri.protocol) || redirectUri.hash !== "")
    return "redirect_uri has to be a URL of http or https without a fragment.";
  if (fields["code_challenge"] !== undefined && fields["code_challenge_method"] !== "S256")
    return "code_challenge_method has to be S256.";
  const app = oauth.apps.get(clientId);
  if (app !== undefined && !app.redirectUris.includes(redirect)) {
    return `The app ${app.name} may not redirect to ${redirect}. It was registered with: ${app.redirectUris.join(", ") || "no address"}.`;
  }
  const scope = optionalText(fields, "scope") ?? "openid profile";
  return { fields, clientId, app: app?.name ?? clientId, redirectUri, scope };
}

/** What the user chose, taken back to the app. */
async function decide(call: Call): Promise<Answer> {
  const { user: name, decision, ...fields } = await formOrJson(call);
  const asked = readRequest(call, fields);
  if (typeof asked === "string") return refusal(asked);
  const { accounts, oauth } = call.world;
  const user = typeof name === "string" ? accounts.user(name) : oauth.defaultUser;
  if (!user) return refusal(`There is no user "${String(name)}".`);
  const { clientId, redirectUri, scope } = asked;
  const target = new URL(redirectUri);
  if (decision === "allow") {
    const code = oauth.consent({
      user,
      clientId,
      scope,
      redirectUri: optionalText(fields, "redirect_uri") ?? "",
      codeChallenge: optionalText(fields, "code_challenge"),
      nonce: optionalText(fields, "nonce"),
    });
    target.searchParams.set("code", code);
  } else {
    target.searchParams.set("error", "access_denied");
    target.searchParams.set("error_description", "The user did not agree.");
  }
  const state = optionalText(fields, "state");
  if (state !== undefined) target.searchParams.set("state", state);
  return text("", 303, { location: target.href, "cache-control": "no-store" });
}

function refusal(reason: string): Answer {
  const body = `<main>
<h1>This app can't log you in</h1>
<p>${escape(reason)}</p>
<p class="quiet">Whoever made the app has to change what it sends to <code>/oauth/authorize</code>.</p>
</main>`;
  return page("This app can't log you in", body, "", 400);
}

const style = `
body { display: grid; place-items: center; min-height: 100vh; margin: 0 auto; max-width: 27rem; box-sizing: border-box;
  padding: 1.5rem 1.25rem; }
main { width: 100%; box-sizing: border-box; background: var(--raised); border: 1px solid var(--line);
  border-radius: 0.75rem; padding: 1.75rem; }
h1 { font-size: 1.3rem; overflow-wrap: anywhere; }
h2 { font-size: 0.9rem; margin: 1.4rem 0 0.4rem; }
ul { list-style: none; margin: 0; padding: 0; }
li { padding: 0.3rem 0; border-top: 1px solid var(--line); display: flex; justify-content: space-between; gap: 1rem;
  align-items: baseline; }
li code { color: var(--quiet); font-size: 0.75rem; white-space: nowrap; }
label { display: block; font-weight: 600; font-size: 0.9rem; margin: 1.4rem 0 0.4rem; }
select, button { font: inherit; width: 100%; box-sizing: border-box; padding: 0.55rem 0.75rem; border-radius: 0.45rem;
  border: 1px solid var(--line); background: var(--page); color: var(--text); }
.buttons { display: grid; grid-template-columns: 1fr 1fr; gap: 0.75rem; margin-top: 1.5rem; }
button { cursor: pointer; }
button[value="allow"] { background: var(--link); border-color: var(--link); color: var(--page); font-weight: 600; }
button:focus-visible, select:focus-visible { outline: 2px solid var(--link); outline-offset: 2px; }
.foot { font-size: 0.8rem; margin: 1.25rem 0 0; }`;

function consentPage(call: Call, { fields, app, redirectUri, scope }: AuthorizationRequest): string {
  const { accounts, oauth } = call.world;
  const wanted = scope.split(" ").filter((one) => one !== "");
  const orgIds = String(fields["orgIds"] ?? "").split(",");
  const orgs = accounts.orgs.filter((org) => orgIds.includes(org._id));
  const hidden = Object.entries(fields).map(
    ([name, value]) => `<input type="hidden" name="${escape(name)}" value="${escape(String(value))}">`,
  );
  const options = accounts.users.map(({ name, fullname }) => {
    const chosen = name === (call.token?.user ?? oauth.defaultUser).name ? " selected" : "";
    return `<option value="${escape(name)}"${chosen}>${escape(fullname)} (${escape(name)})</option>`;
  });
  return `<main>
<h1>${escape(app)} wants to log you in</h1>
<p class="quiet">It will go on at <code>${escape(redirectUri.host)}</code>.</p>
<h2>The app could</h2>
<ul>
${wanted.map((one) => `<li><span>${escape(scopes[one] ?? "Do something this page does not know")}</span><code>${escape(one)}</code></li>`).join("\n")}
</ul>
${orgs.length === 0 ? "" : `<h2>Also for</h2>\n<ul>${orgs.map((org) => `<li><span>${escape(org.fullname)}</span><code>${escape(org.name)}</code></li>`).join("")}</ul>`}
<form method="post" action="/oauth/authorize">
${hidden.join("\n")}
<label for="user">Log in as</label>
<select id="user" name="user">
${options.join("\n")}
</select>
<div class="buttons">
<button name="decision" value="deny">Cancel</button>
<button name="decision" value="allow">Authorize</button>
</div>
</form>
<p class="quiet foot">A page of the mock Hub: nobody needs a password, and nothing leaves this machine.</p>
</main>`;
}
