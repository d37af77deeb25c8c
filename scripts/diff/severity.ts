import type { Change, ChangeKind } from "./change.js";

/** How far a change bumps a version; `none` is no change at all. */
export type Severity = "none" | "patch" | "minor" | "major";

const order: readonly Severity[] = ["none", "patch", "minor", "major"];

export function worst(severities: Iterable<Severity>): Severity {
  return [...severities].reduce((a, b) => (order.indexOf(a) < order.indexOf(b) ? b : a), "none" as Severity);
}

interface Rule {
  input: Severity;
  output: Severity;
  /** The compiler has the last word: what it finds assignable breaks nobody. */
  asked?: true;
}

const both = (severity: Severity): Rule => ({ input: severity, output: severity });
const asked = (input: Severity, output: Severity): Rule => ({ input, output, asked: true });

/** The policy of SEVERITY.md, for the package of types. */
const rules: Record<ChangeKind, Rule> = {
  "operation-added": both("minor"),
  "operation-removed": both("major"),
  "operation-moved": both("major"),
  "operation-split": both("major"),
  "operation-changed": both("patch"),
  "operation-deprecated": both("minor"),
  "operation-retagged": both("patch"),
  "token-dispensable": both("patch"),
  "token-needed": both("patch"),
  "parameter-added": both("minor"),
  "parameter-added-required": asked("major", "minor"),
  "parameter-removed": both("major"),
  "parameter-moved": both("major"),
  "parameter-deprecated": both("minor"),
  "parameter-required": asked("major", "minor"),
  "parameter-optional": asked("minor", "minor"),
  "property-added": both("minor"),
  "property-added-required": asked("major", "minor"),
  "property-removed": both("major"),
  "property-required": asked("major", "minor"),
  "property-optional": asked("minor", "major"),
  "property-deprecated": both("minor"),
  "value-added": both("minor"),
  "value-removed": asked("major", "minor"),
  "media-type-added": both("minor"),
  "media-type-removed": both("major"),
  "member-added": asked("minor", "major"),
  "member-removed": asked("major", "minor"),
  "null-added": asked("minor", "major"),
  "null-removed": asked("major", "minor"),
  "type-changed": asked("major", "major"),
  "body-added": both("minor"),
  "body-removed": asked("major", "minor"),
  "body-required": asked("major", "minor"),
  "body-optional": both("minor"),
  "response-added": both("minor"),
  "response-removed": both("major"),
  "response-described": both("minor"),
  "constraint-changed": both("patch"),
  "detail-changed": asked("minor", "minor"),
  "type-incompatible": both("major"),
  "shape-added": both("minor"),
  "shape-removed": both("major"),
  "document-changed": both("patch"),
};

/** What the compiler said of one side of an operation. */
export type Verdict = "equal" | "compatible" | "broken";

/** What a change means for the generated types, given the verdict on the side of the operation where it happened. */
export function severityOf(change: Change, verdict: Verdict | undefined): Severity {
  const rule = rules[change.kind];
  const severity = change.direction === "output" ? rule.output : rule.input;
  if (rule.asked === undefined || verdict === undefined || verdict === "broken") return severity;
  if (verdict === "equal") return "patch";
  return severity === "major" ? "minor" : severity;
}
