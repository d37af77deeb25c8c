import type { Random } from "../random.js";
import { Content } from "./content.js";

export interface FileEntry {
  content: Content;
  /** Stored in Git LFS: git itself holds a small pointer, and downloads go to the other origin. */
  lfs: boolean;
}

export function plain(text: string): FileEntry {
  return { content: Content.ofText(text), lfs: false };
}

/** A snapshot. An unchanged file is the same entry object in parent and child, which is how "last commit" is found. */
export interface Commit {
  readonly id: string;
  readonly title: string;
  readonly message: string;
  readonly author: string;
  readonly date: number;
  readonly parent: Commit | undefined;
  readonly files: ReadonlyMap<string, FileEntry>;
}

export type CommitDraft = Omit<Commit, "id" | "parent">;

/** The part of git that the Hub's API shows: refs and linear history. */
export class Git {
  /** Full ref names (`refs/heads/main`, `refs/tags/v1`, `refs/pr/1`, `refs/convert/parquet`) in order of creation. */
  readonly refs: Map<string, Commit> = new Map();
  readonly #commits = new Map<string, Commit>();
  readonly #random: Random;

  constructor(random: Random) {
    this.#random = random;
  }

  /** A history of its own that begins as the other one's: its branches and tags, whose commits keep their ids. */
  static copyOf(source: Git, random: Random): Git {
    const copy = new Git(random);
    for (const [ref, commit] of source.refs) {
      if (!/^refs\/(heads|tags)\//.test(ref)) continue;
      copy.refs.set(ref, commit);
      for (const each of historyOf(commit)) copy.#commits.set(each.id, each);
    }
    return copy;
  }

  /** The newest commit of the main branch. */
  get head(): Commit {
    const head = this.refs.get("refs/heads/main");
    if (!head) throw new Error("A repository always has a main branch");
    return head;
  }

  /** Takes every form a revision has on the Hub: branch, tag, full ref, `HEAD`, full or short commit id. */
  resolve(revision: string): Commit | undefined {
    if (revision === "HEAD") return this.head;
    for (const prefix of ["", "refs/heads/", "refs/tags/"]) {
      const commit = this.refs.get(prefix + revision);
      if (commit) return commit;
    }
    const exact = this.#commits.get(revision);
    if (exact || !/^[0-9a-f]{7,39}$/.test(revision)) return exact;
    for (const commit of this.#commits.values()) if (commit.id.startsWith(revision)) return commit;
    return undefined;
  }

  /** Adds a commit on top of `ref`; with `parent: undefined` the ref starts a new history. */
  commit(ref: string, draft: CommitDraft, parent: Commit | undefined = this.refs.get(ref)): Commit {
    const commit: Commit = { ...draft, id: this.#random.hex(40), parent };
    this.#commits.set(commit.id, commit);
    this.refs.set(ref, commit);
    return commit;
  }

  /** The files of all commits that a ref leads to, each once: commits share what did not change. */
  allEntries(): Set<FileEntry> {
    const commits = new Set([...this.refs.values()].flatMap(historyOf));
    return new Set([...commits].flatMap(({ files }) => [...files.values()]));
  }

  /**
   * Rewrites the history of all refs without some files, and returns the new commits by the old ones. A commit that never
   * held any of the files stays as it is.
   */
  rewriteWithout(dropped: ReadonlySet<FileEntry>): ReadonlyMap<Commit, Commit> {
    const rewritten = new Map<Commit, Commit>();
    for (const [ref, head] of this.refs) {
      for (const commit of historyOf(head).toReversed())
        if (!rewritten.has(commit)) this.#rewrite(commit, dropped, rewritten);
      this.refs.set(ref, rewritten.get(head) ?? head);
    }
    return rewritten;
  }

  #rewrite(commit: Commit, dropped: ReadonlySet<FileEntry>, rewritten: Map<Commit, Commit>): void {
    const parent = commit.parent && (rewritten.get(commit.parent) ?? commit.parent);
    const files = [...commit.files].filter(([, entry]) => !dropped.has(entry));
    const isSame = parent === commit.parent && files.length === commit.files.size;
    const made = isSame ? commit : { ...commit, id: this.#random.hex(40), parent, files: new Map(files) };
    rewritten.set(commit, made);
    this.#commits.delete(commit.id);
    this.#commits.set(made.id, made);
  }
}

/** From the commit back to the first one. */
export function historyOf(commit: Commit): Commit[] {
  const history: Commit[] = [];
  for (let current: Commit | undefined = commit; current; current = current.parent) history.push(current);
  return history;
}

/** The newest commit that changed a file, or anything below a folder. */
export function lastCommitOf(path: string, from: Commit): Commit {
  let commit = from;
  while (commit.parent && !isChanged(path, commit.parent, commit)) commit = commit.parent;
  return commit;
}

function isChanged(path: string, before: Commit, after: Commit): boolean {
  if (after.files.has(path)) return before.files.get(path) !== after.files.get(path);
  const below = (commit: Commit): [string, FileEntry][] =>
    [...commit.files].filter(([name]) => name.startsWith(`${path}/`));
  const earlier = new Map(below(before));
  const later = below(after);
  return earlier.size !== later.length || later.some(([name, entry]) => earlier.get(name) !== entry);
}
