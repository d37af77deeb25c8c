import { listModels, modelInfo, whoAmI } from "@huggingface/hub";
import { token, type Contender } from "./contender.js";

export function createContender(endpoint: string): Contender {
  const known = { hubUrl: endpoint, accessToken: token };
  return {
    whoami: () => whoAmI(known),
    getModel: (name) => modelInfo({ name, ...known }),
    // It always asks for 500 a page.
    async walk() {
      let models = 0;
      for await (const item of listModels(known)) models += item.name === "" ? 0 : 1;
      return models;
    },
  };
}
