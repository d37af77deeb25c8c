import { pathPattern } from "./path-pattern.js";
import type { Kind } from "../state/repo.js";

const inLfs = "filter=lfs diff=lfs merge=lfs -text";

const weights =
  "7z arrow bin bz2 ckpt ftz gz h5 joblib lfs.* mlmodel model msgpack npy npz onnx ot parquet pb pickle pkl pt pth rar safetensors tar.* tar tflite tgz wasm xz zip zst";
const media = "lz4 mds pcm sam raw aac flac mp3 ogg wav bmp gif png tiff jpg jpeg webp mp4 webm";

/** The `.gitattributes` that a new repository comes with. */
export function defaultGitAttributes(kind: Kind): string {
  const endings = kind === "datasets" ? `${weights} ${media}` : weights;
  const patterns = [...endings.split(" ").map((ending) => `*.${ending}`), "saved_model/**/*", "*tfevents*"];
  return patterns.map((pattern) => `${pattern} ${inLfs}\n`).join("");
}

/** A test of whether the text of a `.gitattributes` sends a path to LFS. The last line that says anything decides. */
export function trackedBy(text: string): (path: string) => boolean {
  const rules = text.split(/\r?\n/).flatMap((line) => {
    const [pattern = "", ...attributes] = line.trim().split(/\s+/);
    const filter = attributes.findLast((attribute) => /^[-!]?filter(=|$)/.test(attribute));
    // A pattern for a folder says nothing of the files in it.
    if (pattern.startsWith("#") || pattern.endsWith("/") || filter === undefined) return [];
    return [{ matches: pathPattern(pattern), isLfs: filter === "filter=lfs" }];
  });
  return (path) => rules.findLast(({ matches }) => matches.test(path))?.isLfs ?? false;
}

/** The text with a line more for each path that it does not send to LFS yet. */
export function withTracked(text: string, paths: Iterable<string>): string {
  const isTracked = trackedBy(text);
  const lines = [...paths].filter((path) => !isTracked(path)).map((path) => `${patternFor(path)} ${inLfs}\n`);
  if (lines.length === 0) return text;
  return (text === "" || text.endsWith("\n") ? text : `${text}\n`) + lines.join("");
}

/** Matches this path alone. The slash in front keeps a name without a folder from matching everywhere. */
function patternFor(path: string): string {
  return `${path.includes("/") ? "" : "/"}${path.replace(/[*?[\\]/g, "\\$&").replace(/\s/g, "[[:space:]]")}`;
}
