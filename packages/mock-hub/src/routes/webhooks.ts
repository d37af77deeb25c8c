import { json, type Answer } from "../http/answer.js";
import type { Call } from "../http/call.js";
import * as field from "../http/fields.js";
import { invalid, requiredText, type Fields } from "../http/fields.js";
import { Refusal } from "../http/refusal.js";
import type { Router } from "../http/router.js";
import type { User } from "../state/accounts.js";
import type { Webhook } from "../state/webhook.js";

const all = "/api/settings/webhooks";
const one = `${all}/{webhookId}`;

export function addWebhookRoutes(router: Router): void {
  router.add("GET", all, (call) => json(webhooksOf(call, call.user).map(webhookView)));
  router.add("POST", all, create);
  router.add("GET", one, (call) => json({ webhook: webhookView(findWebhook(call)) }));
  router.add("POST", one, update);
  router.add("DELETE", one, (call) => {
    const webhooks = webhooksOf(call, call.writer);
    webhooks.splice(webhooks.indexOf(findWebhook(call)), 1);
    return json({});
  });
  router.add("POST", `${one}/{action}`, setState);
}

async function create(call: Call): Promise<Answer> {
  const user = call.writer;
  const webhook: Webhook = { id: call.world.objectId(), disabled: false, ...definition(await call.fields()) };
  webhooksOf(call, user).push(webhook);
  return json({ webhook: webhookView(webhook) });
}

async function update(call: Call): Promise<Answer> {
  call.requireWriter();
  const webhook = findWebhook(call);
  Object.assign(webhook, definition(await call.fields()));
  return json({ webhook: webhookView(webhook) });
}

function setState(call: Call): Answer {
  call.requireWriter();
  const webhook = findWebhook(call);
  webhook.disabled = field.choice(call.param("action"), "action", ["enable", "disable"]) === "disable";
  return json({ webhook: webhookView(webhook) });
}

function definition(fields: Fields): Omit<Webhook, "id" | "disabled"> {
  const url = field.optionalText(fields, "url");
  const job = fields["job"] === undefined ? undefined : field.asFields(fields["job"]);
  if (url === undefined && job === undefined) throw invalid("Expected an url or a job");
  if (url !== undefined && !URL.canParse(url)) throw invalid("Invalid URL", "url");
  return {
    ...(url !== undefined && { url }),
    ...(job && { job }),
    watched: field.requiredList(fields, "watched").map((value) => {
      const watched = field.asFields(value);
      return { type: requiredText(watched, "type"), name: requiredText(watched, "name") };
    }),
    domains: (field.optionalList(fields, "domains") ?? []).map(String),
    hasSecret: field.optionalText(fields, "secret") !== undefined,
  };
}

export function findWebhook(call: Call): Webhook {
  const webhook = webhooksOf(call, call.user).find(({ id }) => id === call.param("webhookId"));
  if (!webhook) throw new Refusal(404, "Webhook not found");
  return webhook;
}

function webhooksOf(call: Call, user: User): Webhook[] {
  const { webhooks } = call.world;
  let owned = webhooks.get(user.name);
  if (!owned) webhooks.set(user.name, (owned = []));
  return owned;
}

/** A job is shown with the names of its secrets only. */
function webhookView({ job, ...webhook }: Webhook): Record<string, unknown> {
  if (!job) return webhook;
  return {
    ...webhook,
    job: { environment: {}, timeoutSeconds: null, ...job, secrets: Object.keys(field.asFields(job["secrets"] ?? {})) },
  };
}
