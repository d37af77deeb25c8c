import { createHub, Models } from "@hf-api/hub";

const hub = createHub({ models: Models }, { token: prompt("token") });
await hub.models.files.upload({ repo: "me/my-model", path: "README.md", content: "# My model" });
