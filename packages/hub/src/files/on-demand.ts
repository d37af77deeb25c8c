import { loadPart } from "../async/load-part.js";
import type * as Commits from "./commit/commit.js";
import type * as Downloads from "./download/download.js";
import type * as Uploads from "./commit/upload.js";
import type * as Safetensors from "./safetensors/metadata.js";

// Programs that only read lists never load what these functions are made of.

/** Opens a file whose bytes keep coming when connections break. */
export const download: typeof Downloads.download = async (...input) =>
  (await loadPart(() => import("./download/download.js"))).download(...input);

/** Commits operations; see `commit` of a repository. */
export const commit: typeof Commits.commit = async (...input) =>
  (await loadPart(() => import("./commit/writing.js"))).commit(...input);

/** Uploads files as one commit; see `files.upload`. */
export const upload: typeof Uploads.upload = async (...input) =>
  (await loadPart(() => import("./commit/writing.js"))).upload(...input);

/** Reads the headers of safetensors files; see `files.getSafetensorsMetadata`. */
export const safetensorsMetadata: typeof Safetensors.safetensorsMetadata = async (...input) =>
  (await loadPart(() => import("./safetensors/metadata.js"))).safetensorsMetadata(...input);
