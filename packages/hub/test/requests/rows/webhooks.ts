import type { Row } from "../row.js";

export const rows: Row[] = [
  {
    method: "webhooks.list",
    operation: "listWebhooks",
    call: (hub) => hub.webhooks.list(),
    request: "GET /api/settings/webhooks",
    response: { body: [] },
  },
  {
    method: "webhooks.get",
    operation: "getWebhook",
    call: (hub) => hub.webhooks.get({ webhookId: "654bbbc16f2ec14d77f109cc" }),
    request: "GET /api/settings/webhooks/654bbbc16f2ec14d77f109cc",
    response: { body: { webhook: {} } },
  },
  {
    method: "webhooks.create",
    operation: "createWebhook",
    call: (hub) =>
      hub.webhooks.create({
        watched: [{ type: "user", name: "ns" }],
        url: "https://y",
        domains: ["repo"],
        secret: "t",
      }),
    request: "POST /api/settings/webhooks",
    body: { watched: [{ type: "user", name: "ns" }], url: "https://y", domains: ["repo"], secret: "t" },
    response: { body: { webhook: {} } },
  },
  {
    method: "webhooks.update",
    operation: "updateWebhook",
    call: (hub) =>
      hub.webhooks.update({
        webhookId: "654bbbc16f2ec14d77f109cc",
        watched: [{ type: "user", name: "ns" }],
        url: "https://y",
        domains: ["repo"],
        secret: "t",
      }),
    request: "POST /api/settings/webhooks/654bbbc16f2ec14d77f109cc",
    body: { watched: [{ type: "user", name: "ns" }], url: "https://y", domains: ["repo"], secret: "t" },
    response: { body: { webhook: {} } },
  },
  {
    method: "webhooks.delete",
    operation: "deleteWebhook",
    call: (hub) => hub.webhooks.delete({ webhookId: "654bbbc16f2ec14d77f109cc" }),
    request: "DELETE /api/settings/webhooks/654bbbc16f2ec14d77f109cc",
  },
  {
    method: "webhooks.enable",
    operation: "setWebhookStatus",
    call: (hub) => hub.webhooks.enable({ webhookId: "654bbbc16f2ec14d77f109cc" }),
    request: "POST /api/settings/webhooks/654bbbc16f2ec14d77f109cc/enable",
    response: { body: { webhook: {} } },
  },
  {
    method: "webhooks.disable",
    operation: "setWebhookStatus",
    call: (hub) => hub.webhooks.disable({ webhookId: "654bbbc16f2ec14d77f109cc" }),
    request: "POST /api/settings/webhooks/654bbbc16f2ec14d77f109cc/disable",
    response: { body: { webhook: {} } },
  },
  {
    method: "webhooks.replay",
    operation: "replayWebhookLog",
    call: (hub) => hub.webhooks.replay({ webhookId: "654bbbc16f2ec14d77f109cc", logId: "65a1b2c3d4e5f60718293a4b" }),
    request: "POST /api/settings/webhooks/654bbbc16f2ec14d77f109cc/replay/65a1b2c3d4e5f60718293a4b",
  },
];
