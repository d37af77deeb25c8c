import { downloadFile, listModels } from "@huggingface/hub";

for await (const model of listModels({ search: { query: "whisper" }, limit: 20 })) document.body.append(model.name);
const file = await downloadFile({ repo: "openai-community/gpt2", path: "config.json" });
document.body.append((await file?.text()) ?? "");
