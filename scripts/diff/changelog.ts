import type { JudgedChange } from "./describe.js";
import { phrases } from "./phrases.js";
import { listing, quote } from "../cli/quote.js";
import type { Severity } from "./severity.js";

export type PackageKey = "raw" | "hub";

const titles: [Severity, string][] = [
  ["major", "Breaking"],
  ["minor", "New and changed"],
  ["patch", "Notes"],
];

const maxLines = 40;

/** What changed for the callers of a package, in Markdown: grouped by what changed, not by the places where it shows. */
export function changelog(changes: readonly JudgedChange[], key: PackageKey): string {
  const sections = titles
    .map(([severity, title]) => ({ title, lines: linesOf(changes.filter((change) => change[key] === severity)) }))
    .filter(({ lines }) => lines.length > 0);
  // A title and two empty lines around it each; breaks first, because nobody may miss one.
  let room = maxLines - 3 * sections.length;
  const blocks = sections.map(({ title, lines }, index) => {
    const after = sections.slice(index + 1).reduce((sum, section) => sum + Math.min(section.lines.length, 3), 0);
    const shown = lines.length <= room - after ? lines : lines.slice(0, Math.max(room - after - 1, 1));
    room -= Math.min(lines.length, shown.length + 1);
    const left = lines.length - shown.length;
    return `**${title}**\n\n${shown.join("\n")}${left > 0 ? `\n- and ${left} more of these` : ""}\n`;
  });
  return blocks.join("\n");
}

/** The number of operations that a change of the document touches, in a few words without any of its text. */
export function headline(changes: readonly JudgedChange[]): string {
  const touched = (...kinds: string[]): number =>
    new Set(
      changes
        .filter(({ kind }) => kinds.includes(kind))
        .map(({ operation }) => `${operation?.method} ${operation?.path}`),
    ).size;
  const others = changes.filter(
    ({ kind, operation }) => operation !== undefined && !/^operation-(added|removed|moved|split)$/.test(kind),
  );
  const counts: [number, string][] = [
    [touched("operation-added"), "added"],
    [touched("operation-removed"), "gone"],
    [touched("operation-moved"), "moved"],
    [touched("operation-split"), "split"],
    [new Set(others.map(({ operation }) => `${operation?.method} ${operation?.path}`)).size, "changed"],
  ];
  const parts = counts.filter(([count]) => count > 0).map(([count, word]) => `${count} ${word}`);
  return parts.length === 0 ? "no operation touched" : `operations: ${parts.join(", ")}`;
}

interface Group {
  kind: JudgedChange["kind"];
  subjects: string[];
  details: string[];
  places: JudgedChange[];
}

function linesOf(changes: readonly JudgedChange[]): string[] {
  const one = (change: JudgedChange): Group => ({
    kind: change.kind,
    subjects: [change.subject],
    details: [change.detail],
    places: [change],
  });
  const whole = ({ kind }: Group): boolean => /^operation-(added|removed|moved)$/.test(kind);
  const groups = changes.map(one);
  const lines = [
    // Two operations are two things; the same property in two operations is one.
    ...groups.filter(whole),
    ...merge(
      merge(
        merge(
          groups.filter((group) => !whole(group)),
          ({ kind, subjects, details }) => [kind, subjects, details],
        ),
        // `role` gains `a` and `b`.
        (group) => [group.kind, group.subjects, isList(group.kind) ? placesOf(group) : group.details],
      ),
      // What has a detail is the same wherever it shows: `role` gains `a` in both. The rest shares a place: new are `a` and `b`.
      (group) => [group.kind, group.details[0] === "" ? placesOf(group) : group.details],
    ),
  ];
  return lines.sort(byWeight).map(render);
}

const isList = (kind: Group["kind"]): boolean => /^(value|member)-/.test(kind);

/** Where a group shows; siblings show in the same place. */
function placesOf({ places }: Group): string[][] {
  return places.map(({ operation, direction, place, subject }) => [
    `${operation?.method} ${operation?.path}`,
    direction ?? "",
    place.endsWith(subject) ? place.slice(0, place.length - subject.length) : place,
  ]);
}

function merge(groups: Group[], keyOf: (group: Group) => unknown): Group[] {
  const merged = new Map<string, Group>();
  for (const group of groups) {
    const key = JSON.stringify(keyOf(group));
    const known = merged.get(key);
    if (known === undefined) merged.set(key, { ...group });
    else {
      known.subjects = [...new Set([...known.subjects, ...group.subjects])];
      known.details = [...new Set([...known.details, ...group.details])];
      known.places = [...known.places, ...group.places];
    }
  }
  return [...merged.values()];
}

const weights = ["operation-removed", "operation-split", "operation-moved", "operation-added"];

/** Whole operations first, then what shows in most places. */
function byWeight(a: Group, b: Group): number {
  const rank = ({ kind }: Group): number => (weights.includes(kind) ? weights.indexOf(kind) : weights.length);
  return rank(a) - rank(b) || b.places.length - a.places.length;
}

function render({ kind, subjects, details, places }: Group): string {
  const operations = [...new Set(places.flatMap(({ operation }) => (operation === undefined ? [] : [operation.name])))];
  const sides = new Set(places.map(({ direction }) => direction));
  const [side] = sides;
  const names = listing(operations.map((name) => quote(name, 160)));
  const concept = conceptOf(subjects.filter((subject) => subject !== ""));
  // Values of one list, and siblings without a detail, are told together: together they are one place.
  const together = details[0] === "" ? subjects.length : isList(kind) ? details.length : 1;
  const where = operations.length <= 3 ? names : `${Math.round(places.length / together)} places`;
  const text = phrases[kind]({
    subjects: listing(
      concept.map((subject) => quote(subject)),
      12,
    ),
    many: concept.length > 1,
    detail: listing(details, 12),
    where: operations.length === 0 ? "" : ` in ${where}`,
    operations: names,
    side: sides.size === 1 ? side : undefined,
  });
  return `- ${text}`;
}

/** `role` says it for `userRole` and `roleInOrg` as well. */
function conceptOf(subjects: string[]): string[] {
  const common = subjects.find((word) => subjects.every((other) => other.toLowerCase().includes(word.toLowerCase())));
  return common === undefined ? subjects : [common];
}
