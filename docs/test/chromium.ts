import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";

const names = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const wellKnown = [
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
];

export const howToInstall =
  "Install it (Debian and Ubuntu: apt-get install chromium), or name an executable in CHROME_PATH.";

/** The executable of a Chromium on this machine. */
export function findChromium(): string | undefined {
  const given = process.env["CHROME_PATH"];
  if (given !== undefined && given !== "") return given;
  const folders = (process.env["PATH"] ?? "").split(delimiter);
  const candidates = folders.flatMap((folder) => names.map((name) => join(folder, name)));
  return [...candidates, ...wellKnown].find((path) => existsSync(path));
}
