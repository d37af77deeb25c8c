import { uploadFile } from "@huggingface/hub";

const file = { path: "README.md", content: new Blob(["# My model"]) };
await uploadFile({ accessToken: prompt("token") ?? "", repo: "me/my-model", file });
