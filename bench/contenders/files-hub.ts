import { Hub } from "@hf-api/hub";
import { downloadTo, localFile } from "@hf-api/hub/node";
import { token } from "./contender.js";
import { repo, type FileContender } from "./file-contender.js";

export function createContender(endpoint: string, verify: boolean): FileContender {
  const hub = new Hub({ endpoint, token });
  return {
    async drain(path) {
      const chunks = (await hub.models.files.download({ repo, path }, { verify })).stream();
      while ((await chunks.next()).done !== true);
    },
    async save(path, target) {
      await downloadTo(hub.models, { repo, path }, target, { verify });
    },
    async upload(path, source) {
      await hub.models.files.upload({ repo, path, content: await localFile(source) });
    },
    async commit(files) {
      await hub.models.files.upload({ repo, files });
    },
  };
}
