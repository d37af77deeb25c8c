import { createRawClient } from "@hf-api/raw";

const { data } = await createRawClient().GET("/api/models", { params: { query: { search: "whisper", limit: 20 } } });
for (const { id } of data ?? []) document.body.append(id);
