import { createHub, Models } from "@hf-api/hub";

const hub = createHub({ models: Models });
for (const { id } of await hub.models.list({ search: "whisper", limit: 20 }).toArray()) document.body.append(id);
const file = await hub.models.files.download({ repo: "openai-community/gpt2", path: "config.json" });
document.body.append(await file.text());
