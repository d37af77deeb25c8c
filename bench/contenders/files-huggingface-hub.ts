import { createWriteStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { ReadableStream } from "node:stream/web";
import { pathToFileURL } from "node:url";
import { downloadFile, uploadFile, uploadFiles } from "@huggingface/hub";
import { token } from "./contender.js";
import { repo, type FileContender } from "./file-contender.js";

/** Without Xet, for which there is no server here. It checks no bytes. */
export function createContender(endpoint: string): FileContender {
  const known = { hubUrl: endpoint, accessToken: token, repo };
  const open = async (path: string): Promise<Blob> => {
    const file = await downloadFile({ ...known, path, xet: false });
    if (file === null) throw new Error(`there is no ${path}`);
    return file;
  };
  return {
    async drain(path) {
      const reader = (await open(path)).stream().getReader();
      while (!(await reader.read()).done);
    },
    async save(path, target) {
      const stream = (await open(path)).stream() as ReadableStream<Uint8Array>;
      await pipeline(Readable.fromWeb(stream), createWriteStream(target));
    },
    async upload(path, source) {
      const file = { path, content: pathToFileURL(source) };
      await uploadFile({ ...known, file, useXet: false });
    },
    async commit(files) {
      await uploadFiles({ ...known, files: [...files], useXet: false });
    },
  };
}
