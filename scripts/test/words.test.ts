import { execFileSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";

const root = fileURLToPath(new URL("../..", import.meta.url));

/** Words for which the field has another, with the one to use. */
const phrases: readonly (readonly [phrase: RegExp, instead: string])[] = [
  [/\b(an|the|no|its|whose|latest|next|last|first) answers?\b/i, "response"],
  [/\b(Hub|server|mock) answer(s|ed)\b/, "responds"],
  [/\bof the disk\b/, "local file, file system"],
  [/\bhears? of\b/, "gets, receives"],
  [/\bput right\b/, "corrected"],
  [/\bconceal/, "redact"],
  [/\bis no valid\b/, "is not a valid"],
  [/\bwants to hear\b/, "accepts"],
  [/\bmended\b/, "repaired"],
  [/\bthe token's own user\b/, "the signed-in user"],
];

/** Lines that quote the wire, or mean what a person answers. */
const allowed = /question|access request|gated form|comment to answer|fields of its form/i;

it("says one word per concept", () => {
  const listed = execFileSync("git", ["ls-files", "*.ts", "*.md", "*.yaml", "*.yml"], { cwd: root, encoding: "utf8" });
  const files = listed
    .trim()
    .split("\n")
    .filter((file) => !/generated|upstream|pnpm-lock|scripts\/test\/words\.test\.ts|\.test\.ts$/.test(file));
  expect(files.length).toBeGreaterThan(300);
  const found = files.flatMap((file) =>
    readFileSync(`${root}${file}`, "utf8")
      .split("\n")
      .flatMap((line, index) => {
        const phrase = phrases.find(([pattern]) => pattern.test(line));
        return phrase === undefined || allowed.test(line)
          ? []
          : [`${file}:${index + 1} say ${phrase[1]}: ${line.trim()}`];
      }),
  );
  expect(found).toEqual([]);
});
