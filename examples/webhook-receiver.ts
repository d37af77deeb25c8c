// Receives the webhooks of the Hub, as a Worker or any other server with web standard requests: `hub.webhooks.create`
// with this address and the same secret makes the Hub call it.
import { HubWebhookError, receiveWebhook, type WebhookEvent } from "@hf-api/hub";

export default {
  async fetch(request: Request, env: { WEBHOOK_SECRET: string }): Promise<Response> {
    try {
      const event = await receiveWebhook(request, { secret: env.WEBHOOK_SECRET });
      return Response.json({ noticed: describe(event) });
    } catch (error) {
      if (!(error instanceof HubWebhookError)) throw error;
      return Response.json({ error: error.message }, { status: error.status });
    }
  },
};

function describe(event: WebhookEvent): string {
  const { name } = event.repo;
  switch (event.scope) {
    case "repo.content":
      return `${name} has new commits at ${event.updatedRefs?.map(({ ref }) => ref).join(", ")}`;
    case "discussion.comment":
      return `somebody wrote in #${event.discussion.num} of ${name}: ${event.comment.content ?? "(hidden)"}`;
    case "discussion":
      return `#${event.discussion.num} of ${name} is ${event.discussion.status}: ${event.discussion.title}`;
    case "repo":
      return event.action === "move" ? `${name} is now ${event.movedTo?.name}` : `${name}: ${event.action}`;
    default:
      return `${name}: ${event.action} of ${event.event.scope}`;
  }
}
