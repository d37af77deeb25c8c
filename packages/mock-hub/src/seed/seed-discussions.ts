import type { Random } from "../random.js";
import type { Discussion, DiscussionEvent } from "../state/discussion.js";
import type { Repo } from "../state/repo.js";
import { people } from "./vocabulary.js";

const titles = [
  "How much memory does this need?",
  "Thank you!",
  "The example does not run",
  "Which license applies to the outputs?",
  "Typo in the card",
  "Add a smaller version?",
] as const;
const replies = ["Good question.", "The same here.", "Fixed, please try again.", "See the card.", "+1"] as const;

/** Few in most repositories; enough for three pages in the best-known ones. */
export function seedDiscussions(repo: Repo, random: Random, count: number): Discussion[] {
  const pullRequest = repo.git.refs.get("refs/pr/1");
  const total = pullRequest ? Math.max(1, count) : count;
  return Array.from({ length: total }, (_, index) => {
    const num = index + 1;
    const author = random.pick(people)[0];
    const createdAt = repo.record.createdAt + num * 3_600_000;
    const comment = (name: string, raw: string, hours: number): DiscussionEvent => {
      const at = createdAt + hours * 3_600_000;
      const data = { raw, updatedAt: at, edits: 0, hidden: false };
      return { id: random.hex(24), author: name, createdAt: at, type: "comment", data };
    };
    const base = num === 1 ? pullRequest?.parent : undefined;
    return {
      _id: random.hex(24),
      num,
      author,
      createdAt,
      title: base ? "Fix a typo" : random.pick(titles),
      status: base || random.chance(0.7) ? "open" : "closed",
      pinned: false,
      events: [
        comment(author, "I would like to know more about this.", 0),
        ...Array.from({ length: random.integer(0, 3) }, (_, reply) =>
          comment(random.pick(people)[0], random.pick(replies), reply + 1),
        ),
      ],
      ...(base && { base }),
    };
  });
}
