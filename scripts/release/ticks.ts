const box = /^(\s*- )\[([ xX])\] (.*)$/;

/** The text with the boxes ticked that a person has ticked in the one before. */
export function keepTicks(before: string, after: string): string {
  const ticked = new Set(
    before.split(/\r?\n/).flatMap((line) => {
      const [, , mark, words = ""] = box.exec(line) ?? [];
      return mark === undefined || mark === " " ? [] : [words.trim()];
    }),
  );
  return after
    .split("\n")
    .map((line) =>
      line.replace(box, (whole, start: string, _mark: string, words: string) =>
        ticked.has(words.trim()) ? `${start}[x] ${words}` : whole,
      ),
    )
    .join("\n");
}
