import { defaultGitAttributes } from "../git-rules/git-attributes.js";
import type { Random } from "../random.js";
import { Content } from "../state/content.js";
import { Git, plain, type FileEntry } from "../state/git.js";
import type { Kind, Repo } from "../state/repo.js";
import { safetensorsFile } from "./safetensors.js";

type Files = Record<string, FileEntry>;

/** A history of `edits` small changes to the card, after the files were uploaded. */
export function seedGit(repo: Repo, random: Random, edits: number): Git {
  const git = new Git(random);
  const { createdAt, lastModified, owner } = repo.record;
  const author = owner;
  const step = (lastModified - createdAt) / (edits + 1);
  const dateOf = (index: number): number => Math.floor(createdAt + index * step);
  const main = "refs/heads/main";
  const files = new Map<string, FileEntry>(
    Object.entries({ ".gitattributes": plain(defaultGitAttributes(repo.kind)) }),
  );
  git.commit(main, { title: "initial commit", message: "", author, date: createdAt, files: new Map(files) });
  for (const [path, entry] of Object.entries(filesOf[repo.kind](repo, random))) files.set(path, entry);
  git.commit(main, { title: "Upload files", message: "", author, date: dateOf(1), files: new Map(files) });
  for (let edit = 1; edit <= edits; edit++) {
    files.set("README.md", plain(`${cardOf(repo)}\nRevision ${edit} of this card.\n`));
    git.commit(main, {
      title: `Update README.md (${edit})`,
      message: "",
      author,
      date: dateOf(edit + 1),
      files: new Map(files),
    });
  }
  git.refs.set("refs/tags/v1.0", git.head);
  if (random.chance(0.5)) addPullRequest(git, random);
  if (repo.kind === "datasets") addParquetConversion(git, author, lastModified, random);
  return git;
}

const filesOf: Record<Kind, (repo: Repo, random: Random) => Files> = {
  models: (repo, random) => ({
    "README.md": plain(cardOf(repo)),
    "config.json": plain(`${JSON.stringify(modelConfig(repo), undefined, 2)}\n`),
    "model.safetensors": large(safetensorsFile(random.hex(8))),
    "onnx/model.onnx": large(noise(random.integer(20_000, 60_000), random)),
    "tokenizer.json": plain(`{"version":"1.0","model":{"type":"BPE","vocab":{"<|endoftext|>":0}}}\n`),
  }),
  datasets: (repo, random) => ({
    "README.md": plain(cardOf(repo)),
    "data/train-00000-of-00001.parquet": large(noise(random.integer(40_000, 90_000), random)),
    "data/test-00000-of-00001.parquet": large(noise(random.integer(4_000, 9_000), random)),
  }),
  spaces: (repo) => ({
    "README.md": plain(cardOf(repo)),
    ...(repo.record.sdk === "static"
      ? { "index.html": plain(`<!doctype html><title>${repo.record.name}</title>\n`) }
      : { "app.py": plain(`print("${repo.record.name}")\n`), "requirements.txt": plain("gradio\n") }),
  }),
  kernels: (repo) => {
    const build = `build/torch-universal/${repo.record.name.replaceAll("-", "_")}`;
    return {
      "README.md": plain(cardOf(repo)),
      [`${build}/__init__.py`]: plain("from .layers import relu\n"),
      [`${build}/layers.py`]: plain("def relu(x):\n    return x.clamp(min=0)\n"),
    };
  },
};

function addPullRequest(git: Git, random: Random): void {
  const { author, date, files } = git.head;
  const draft = { title: "Fix a typo", message: "", author, date: date - random.integer(0, 3_600_000) };
  git.commit("refs/pr/1", { ...draft, files: new Map([...files, ["NOTES.md", plain("A note.\n")]]) }, git.head);
}

function addParquetConversion(git: Git, author: string, date: number, random: Random): void {
  const files = new Map([["default/train/0000.parquet", large(noise(5_000, random))]]);
  git.commit("refs/convert/parquet", { title: "Update parquet files", message: "", author, date, files });
}

export function modelConfig(repo: Repo): Record<string, unknown> {
  return {
    architectures: ["MockForCausalLM"],
    model_type: repo.record.name.split("-")[0] ?? "mock",
    tokenizer_config: {},
  };
}

export function cardData(repo: Repo): Record<string, unknown> {
  const { tags, pipelineTag, library, sdk } = repo.record;
  const license = tags.find((tag) => tag.startsWith("license:"))?.slice("license:".length);
  return {
    ...(license && { license }),
    ...(library && { library_name: library }),
    ...(pipelineTag && { pipeline_tag: pipelineTag }),
    ...(sdk && { title: repo.record.name, sdk }),
    tags: tags.filter((tag) => !tag.includes(":")),
  };
}

function cardOf(repo: Repo): string {
  // JSON is YAML, so each value may be written as JSON.
  const metadata = Object.entries(cardData(repo)).map(([key, value]) => `${key}: ${JSON.stringify(value)}\n`);
  return `---\n${metadata.join("")}---\n\n# ${repo.record.name}\n\nA ${repo.kind.slice(0, -1)} of this mock Hub.\n`;
}

function large(content: Content): FileEntry {
  return { content, lfs: true };
}

function noise(size: number, random: Random): Content {
  const seed = random.integer(1, 0x7fff_ffff);
  return new Content(size, () =>
    Uint8Array.from({ length: size }, (_, index) => Math.imul(seed ^ index, 0x9e3779b1) >>> 24),
  );
}
