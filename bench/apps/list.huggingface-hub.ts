import { listModels } from "@huggingface/hub";

for await (const model of listModels({ search: { query: "whisper" }, limit: 20 })) document.body.append(model.name);
