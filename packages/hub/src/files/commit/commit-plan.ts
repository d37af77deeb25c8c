import type { DraftLine, NamedBlob } from "./commit-body.js";
import { HubError, HubResponseError } from "../../errors.js";
import { expectedFile } from "../download/expected-file.js";
import { expectList } from "./expect-list.js";
import { base64 } from "../file-content.js";
import type { CopyFile } from "./file-operation.js";
import type { PathInfo, RepoCalls, UploadModes } from "./repo-calls.js";
import type { RequestOptions } from "../../options.js";

/** A file to add, and what the Hub wants of it. */
export interface Addition extends NamedBlob {
  /** Whether its bytes go to the storage for large files, before the commit. */
  isLarge: boolean;
  /** The id of what the branch holds at this path. */
  oid: string | undefined;
}

export interface AdditionPlan {
  additions: Addition[];
  ignored: string[];
  /** Where the branch is; undefined when nothing had to be asked. */
  head: string | undefined;
  /** The repository's id: another one than was requested when it was renamed. */
  repo: string;
  /** Where the Hub said all this. */
  url: string;
}

const filesPerQuestion = 256;
const sampleSize = 512;

/** Asks the Hub how each file has to be sent. */
export async function planAdditions(
  files: RepoCalls,
  target: { repo: string; revision: string; createPullRequest: boolean | undefined },
  contents: readonly NamedBlob[],
  options: RequestOptions,
): Promise<AdditionPlan> {
  const plan: AdditionPlan = { additions: [], ignored: [], head: undefined, repo: target.repo, url: "" };
  const asking = (): RequestOptions => ({
    ...options,
    onResponse(facts) {
      plan.url = facts.url;
      plan.repo = repoOf(facts.url) ?? plan.repo;
      options.onResponse?.(facts);
    },
  });
  // The rules that this very commit brings count as well.
  const rules = {
    ...(await ruleText(contents, ".gitignore", "gitIgnore")),
    ...(await ruleText(contents, ".gitattributes", "gitAttributes")),
  };
  for (let start = 0; start < contents.length; start += filesPerQuestion) {
    const asked = contents.slice(start, start + filesPerQuestion);
    const described = await Promise.all(asked.map(describe));
    const response: UploadModes | null = await files.preupload({ ...target, ...rules, files: described }, asking());
    plan.head = response?.commitOid;
    sort(plan, asked, expectList(response?.files, "files and how to upload them"));
  }
  return plan;
}

function repoOf(url: string): string | undefined {
  const [, owner, name] = /\/([^/]+)\/([^/]+)\/preupload\//.exec(url) ?? [];
  return owner === undefined || name === undefined
    ? undefined
    : `${decodeURIComponent(owner)}/${decodeURIComponent(name)}`;
}

async function ruleText<Name extends string>(
  contents: readonly NamedBlob[],
  path: string,
  name: Name,
): Promise<{ [_ in Name]?: string }> {
  const text = await contents.find((content) => content.path === path)?.blob.text();
  return (text === undefined ? {} : { [name]: text }) as { [_ in Name]?: string };
}

async function describe({ path, blob }: NamedBlob): Promise<{ path: string; size: number; sample: string }> {
  // A part of a Blob is another one, which costs more than to read so few bytes.
  const start = blob.size <= sampleSize ? blob : blob.slice(0, sampleSize);
  const sample = base64(new Uint8Array(await start.arrayBuffer()));
  return { path, size: blob.size, sample };
}

function sort(plan: AdditionPlan, asked: readonly NamedBlob[], modes: readonly UploadModes["files"][number][]): void {
  const byPath = new Map(modes.map((mode) => [mode.path, mode]));
  for (const { path, blob } of asked) {
    const mode = byPath.get(path);
    if (mode === undefined) throw new HubError(`the Hub does not say how to upload ${path}`);
    // The storage for large files takes none without bytes.
    const isLarge = mode.uploadMode === "lfs" && blob.size > 0;
    if (mode.shouldIgnore) plan.ignored.push(path);
    else plan.additions.push({ path, blob, isLarge, oid: mode.oid });
  }
}

/** The lines of a commit that copy files: by name what lies in the storage for large files, else with its bytes. */
export async function planCopies(
  files: RepoCalls,
  { repo, revision: branch }: { repo: string; revision: string },
  copies: readonly CopyFile[],
  options: RequestOptions,
): Promise<DraftLine[]> {
  const lines: DraftLine[] = [];
  for (const revision of new Set(copies.map((copy) => copy.revision ?? branch))) {
    const wanted = copies.filter((copy) => (copy.revision ?? branch) === revision);
    let url = "";
    const onResponse: RequestOptions["onResponse"] = (facts) => {
      url = facts.url;
      options.onResponse?.(facts);
    };
    const paths = wanted.map(({ copy }) => copy);
    const found = await files.info({ repo, revision, paths }, { ...options, onResponse });
    const byPath = new Map(expectList(found, "files to copy").map((info) => [info.path, info]));
    for (const { copy, to } of wanted) {
      const info = byPath.get(copy);
      if (info === undefined) {
        const serverMessage = `there is no file ${copy} at ${revision} of ${repo} to copy`;
        throw new HubResponseError({ status: 404, code: "EntryNotFound", method: "POST", url, serverMessage });
      }
      if (info.type !== "file") throw new HubError(`${copy} is a ${info.type}; copy its files one by one`);
      lines.push(await copyLine(files, { repo, revision }, info, to, options));
    }
  }
  return lines;
}

async function copyLine(
  files: RepoCalls,
  place: { repo: string; revision: string },
  info: PathInfo,
  to: string,
  options: RequestOptions,
): Promise<DraftLine> {
  const { path, lfs } = info;
  if (lfs !== undefined) {
    const { sha256 } = expectedFile(info);
    if (sha256 === undefined) {
      const shown = JSON.stringify(lfs.oid.slice(0, 80));
      throw new HubError(
        `the SHA-256 of ${path} is ${shown}, so it cannot be copied; a gated repository shows it with access alone`,
      );
    }
    return { key: "lfsFile", value: { path: to, algo: "sha256", oid: sha256, size: lfs.size } };
  }
  const file = await files.download({ ...place, path }, { ...options, expected: expectedFile(info) });
  return { path: to, blob: new Blob([await file.bytes()]) };
}
