import type { Direction, OperationName } from "./change.js";
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
  const told = new Set<string>();
  const sections = titles
    .map(([severity, title]) => {
      const concerned = changes.filter((change) => change[key] === severity);
      // Two operations of one method may differ in how much they break; what breaks it is told.
      const lines = linesOf(concerned, key, severity).filter(({ text }) => !told.has(text));
      for (const { text } of lines) told.add(text);
      return { title, lines };
    })
    .filter(({ lines }) => lines.length > 0);
  // A title and two empty lines around it each; breaks first, because nobody may miss one.
  let room = maxLines - 3 * sections.length;
  const blocks = sections.map(({ title, lines }, index) => {
    const after = sections.slice(index + 1).reduce((sum, section) => sum + Math.min(section.lines.length, 3), 0);
    const shown = lines.length <= room - after ? lines : lines.slice(0, Math.max(room - after - 1, 1));
    room -= Math.min(lines.length, shown.length + 1);
    const rest = lines.slice(shown.length);
    const texts = [...shown.map(({ text }) => text), ...(rest.length > 0 ? [summaryOf(rest, key)] : [])];
    return `**${title}**\n\n${texts.map((text) => `- ${text}\n`).join("")}`;
  });
  return blocks.join("\n");
}

/** What there was no room for, by where it happens. */
function summaryOf(lines: readonly Line[], key: PackageKey): string {
  const names = placesOf(
    lines.flatMap(({ group }) => group.places),
    key,
  );
  return `and ${lines.length} more of these${names.length > 0 ? `, in ${listing(names, 12)}` : ""}`;
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
  side: Direction | undefined;
  subjects: string[];
  details: string[];
  places: JudgedChange[];
}

interface Line {
  text: string;
  group: Group;
}

function linesOf(changes: readonly JudgedChange[], key: PackageKey, severity: Severity): Line[] {
  const one = (change: JudgedChange): Group => ({
    kind: change.kind,
    side: change.direction,
    subjects: [(key === "hub" ? change.input : undefined) ?? change.subject],
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
          ({ kind, side, subjects, details, places }) => [kind, side, kindOfPlace(places[0]), subjects, details],
        ),
        // `role` may also be `a` and `b`.
        (group) => [
          group.kind,
          group.side,
          kindOfPlace(group.places[0]),
          group.subjects,
          isList(group.kind) ? siblingsOf(group) : group.details,
        ],
      ),
      // What has a detail is the same wherever it shows: both may also be `a`. The rest shares a place: new are `a` and `b`.
      (group) => [
        group.kind,
        group.side,
        kindOfPlace(group.places[0]),
        group.details[0] === "" ? siblingsOf(group) : group.details,
      ],
    ),
  ];
  return lines.sort(byWeight).map((group) => ({ group, text: render(group, key, severity) }));
}

const isList = (kind: Group["kind"]): boolean => /^(value|member)-/.test(kind);

/** What is found in different ways is told in different lines: a parameter, a header, a whole body, a property. */
function kindOfPlace(change: JudgedChange | undefined): string {
  const { place = "", subject = "", kind = "" } = change ?? {};
  if (kind.startsWith("parameter-")) return place;
  if (place.endsWith(" header")) return "header";
  if (/^(query|path|header|cookie)$/.test(place)) return place;
  if (subject === "body" || subject === "response")
    return /^(body|response \w+)(\[\])*$/.exec(place)?.[0].slice(-2) === "[]" ? "items" : "whole";
  return "property";
}

/** Where a group shows; siblings show in the same place. */
function siblingsOf({ places }: Group): string[][] {
  return places.map(({ operation, shape, direction, place, subject }) => [
    `${operation?.method} ${operation?.path}`,
    shape ?? "",
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

/** Methods where the reader calls methods, else verb and path, each once. */
function placesOf(places: readonly JudgedChange[], key: PackageKey): string[] {
  const names = places.flatMap(({ operation, methods }) => {
    if (operation === undefined) return [];
    return key === "hub" && methods.length > 0 ? methods : [labelOf(operation)];
  });
  return [...new Set(names)].map((name) => quote(name, 160));
}

const labelOf = ({ method, path }: OperationName): string => `${method.toUpperCase()} ${path}`;

function render({ kind, side, subjects, details, places }: Group, key: PackageKey, severity: Severity): string {
  // Whom a change breaks has to find their call in it.
  const most = severity === "major" ? 12 : 6;
  const operations = placesOf(places, key);
  const areMethods = key === "hub" && places.some(({ methods }) => methods.length > 0);
  const labels = areMethods ? placesOf(places, "raw") : [];
  const owners = places.every(({ shape, subject }) => shape !== undefined && shape !== subject)
    ? [...new Set(places.map(({ shape }) => quote(shape ?? "")))]
    : [];
  return phrases[kind]({
    subjects: subjectText(subjects, kindOfPlace(places[0]), key),
    owners: listing(owners),
    operations: listing(operations, most),
    paths: labels.length === 0 ? "" : `, because the Hub no longer has ${listing(labels, most)}`,
    detail: detailOf(kind, details, places),
    side,
    areMethods,
  });
}

function subjectText(subjects: readonly string[], place: string, key: PackageKey): string {
  if (place === "whole") return "";
  if (place === "items") return "each item";
  const names = listing(
    subjects.filter((subject) => subject !== "").map((subject) => quote(subject)),
    12,
  );
  const plural = subjects.length > 1 ? "s" : "";
  if (place === "header" || (place !== "property" && key === "raw")) {
    return place === "header" ? `the header${plural} ${names}` : `the ${place} parameter${plural} ${names}`;
  }
  return names;
}

/** A new operation is told by its path; its operationId is what types and tables call it. */
function detailOf(kind: Group["kind"], details: readonly string[], places: readonly JudgedChange[]): string {
  if (kind !== "operation-added") return listing(details, 12, isList(kind) ? "or" : "and");
  const [operation] = places.flatMap((change) => (change.operation === undefined ? [] : [change.operation]));
  return operation === undefined || operation.name === labelOf(operation) ? "" : quote(operation.name);
}
