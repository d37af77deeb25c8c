/** Whether one character matches. */
export type CharacterTest = (character: string) => boolean;

const named: Readonly<Record<string, RegExp>> = {
  alnum: /^[a-z\d]$/i,
  alpha: /^[a-z]$/i,
  blank: /^[ \t]$/,
  cntrl: /^[\u0000-\u001f\u007f]$/,
  digit: /^\d$/,
  graph: /^[!-~]$/,
  lower: /^[a-z]$/,
  print: /^[ -~]$/,
  punct: /^[!-/:-@[-`{-~]$/,
  space: /^[ \t-\r]$/,
  upper: /^[A-Z]$/,
  xdigit: /^[a-f\d]$/i,
};

/** The place of the `]` that closes a class, or -1. A `]` that comes first is one of the characters. */
export function classEnd(pattern: string, start: number): number {
  const first = start + (/[!^]/.test(pattern[start + 1] ?? "") ? 2 : 1);
  for (let at = first; at < pattern.length; at += 1) {
    if (pattern[at] === "\\") at += 1;
    else if (pattern[at] === "]" && at > first) return at;
    else at += (/^\[:[^\]]*:\]/.exec(pattern.slice(at))?.[0].length ?? 1) - 1;
  }
  return -1;
}

/**
 * Compiles a class, given with its brackets.
 *
 * @returns Undefined if the class is not valid.
 */
export function compileClass(text: string): CharacterTest | undefined {
  const isNegated = /^\[[!^]/.test(text);
  const members = text.slice(isNegated ? 2 : 1, -1).match(/\[:[^\]]*:\]|\\?[^]/gu) ?? [];
  const tests: CharacterTest[] = [];
  // `\d` and the like belong to regular expressions.
  if (members.some((member) => /^\\[\p{L}\p{N}_]/u.test(member))) return undefined;
  for (let index = 0; index < members.length; index += 1) {
    const member = members[index] ?? "";
    if (member.startsWith("[:") && member.length > 2) {
      const known = named[member.slice(2, -2)];
      if (known === undefined) return undefined;
      tests.push((character) => known.test(character));
      continue;
    }
    const last = members[index + 2];
    const from = codeOf(member);
    let to = from;
    if (members[index + 1] === "-" && last !== undefined) {
      if (last.startsWith("[:")) return undefined;
      to = codeOf(last);
      index += 2;
    }
    if (to < from) return undefined;
    tests.push((character) => codeOf(character) >= from && codeOf(character) <= to);
  }
  return (character) => tests.some((test) => test(character)) !== isNegated;
}

const codeOf = (member: string): number => member.codePointAt(member.length > 1 && member[0] === "\\" ? 1 : 0) ?? 0;
