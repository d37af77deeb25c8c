import { describe, expect, it } from "vitest";
import { failure } from "../../../test/servers/setup.js";
import { replaceFile } from "./replace-file.js";

/** A system whose renames fail so often; remembers how long it was waited. */
function system(platform: NodeJS.Platform, code: string, failures: number) {
  const waits: number[] = [];
  let tries = 0;
  return {
    platform,
    waits,
    tries: () => tries,
    async rename(from: string, to: string): Promise<void> {
      expect([from, to]).toEqual(["from", "to"]);
      tries += 1;
      if (tries <= failures) throw Object.assign(new Error(code), { code });
    },
    sleep: async (milliseconds: number): Promise<void> => void waits.push(milliseconds),
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, number) => all + number, 0);

describe("a file that takes another one's place", () => {
  it.each(["EPERM", "EACCES", "EBUSY"])("is moved again on Windows after %s", async (code) => {
    const windows = system("win32", code, 3);
    await replaceFile("from", "to", windows);
    expect(windows.tries()).toBe(4);
    expect(windows.waits).toEqual([10, 20, 40]);
  });

  it("is given up after two seconds", async () => {
    const windows = system("win32", "EPERM", Infinity);
    expect(await failure(replaceFile("from", "to", windows))).toMatchObject({ code: "EPERM" });
    expect(sum(windows.waits)).toBe(2000);
    expect(windows.tries()).toBe(windows.waits.length + 1);
  });

  it.each([
    ["win32", "ENOSPC"],
    ["win32", "ENOENT"],
    ["linux", "EPERM"],
    ["darwin", "EBUSY"],
  ] as const)("is given up at once on %s after %s, which does not pass", async (platform, code) => {
    const own = system(platform, code, 1);
    expect(await failure(replaceFile("from", "to", own))).toMatchObject({ code });
    expect([own.tries(), own.waits]).toEqual([1, []]);
  });
});
