import { createHub, Models } from "@hf-api/hub";

const hub = createHub({ models: Models });
for (const model of await hub.models.list({ search: "whisper", limit: 20 }).toArray()) document.body.append(model.id);
